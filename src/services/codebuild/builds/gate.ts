/** Lets a bounded number through at once; the others wait in order. */
export interface Gate {
  /** The way out, when there is a place at once. */
  tryEnter(): (() => void) | undefined;
  /** Resolves with the way out once there is a place; rejects with the signal's reason when it aborts first. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export const createGate = (places: number): Gate => {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return {
    tryEnter: () => {
      if (free === 0) return undefined;
      free--;
      return leave;
    },
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (free > 0) {
          free--;
          return resolve(leave);
        }
        const admit = () => {
          signal.removeEventListener("abort", giveUp);
          resolve(leave);
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(admit), 1);
          reject(signal.reason);
        };
        waiting.push(admit);
        signal.addEventListener("abort", giveUp, { once: true });
      }),
  };
};
