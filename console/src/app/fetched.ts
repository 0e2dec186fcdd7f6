import { ask, CallError } from "../api/session.ts";

const RETRY_MS = 1000;

/** Whether the cloud answers at all. */
const answers = (): Promise<boolean> =>
  ask("session").then(
    () => true,
    (error) => error instanceof CallError,
  );

/**
 * Loads a page's code, which comes with its first visit. Where the cloud is away, everything begins anew once it is back:
 * it may be another version by then.
 */
export const fetched =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    try {
      return await load();
    } catch (error) {
      if (await answers()) throw error;
      do await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      while (!(await answers()));
      window.location.reload();
      throw error;
    }
  };
