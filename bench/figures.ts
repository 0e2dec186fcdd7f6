/** The middle of several measurements: one slow run on a busy machine moves it little. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Runs work a number of times, one after the other, and gives the median of what it measured. */
export const medianOf = async (times: number, work: (run: number) => Promise<number>): Promise<number> => {
  const values: number[] = [];
  for (let run = 0; run < times; run++) values.push(await work(run));
  return median(values);
};

/** Milliseconds that work took. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

/** One line of a benchmark: what, how much, and against which budget. */
export const report = (what: string, figure: string, budget: string): void =>
  console.log(`${what.padEnd(44)} ${figure.padEnd(44)} ${budget}`);

export const ms = (value: number): string => (value < 10 ? `${value.toFixed(2)} ms` : `${Math.round(value)} ms`);
export const times = (ratio: number): string => `${ratio.toFixed(2)}x`;
export const mib = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
