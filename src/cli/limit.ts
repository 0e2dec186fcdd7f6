import { UsageError } from "./settings.ts";

/** What `--limit` says. Throws `UsageError`. */
export const parseLimit = (text: unknown): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`--limit takes a number above 0, not ${text}.`);
  return count;
};
