import type { Tasks } from "../../kernel/tasks.ts";

/** Work that the cloud's end waits for, and whoever asks for it. */
export const asTask = <R>(tasks: Tasks, name: string, work: () => Promise<R>): Promise<R> =>
  new Promise((resolve, reject) =>
    tasks.spawn(name, async () => {
      try {
        resolve(await work());
      } catch (error) {
        reject(error);
      }
    }),
  );
