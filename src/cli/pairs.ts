import { UsageError } from "./settings.ts";

/** What an option says that takes NAME=VALUE, again and again. Throws `UsageError`. */
export const pairsOf = (given: readonly string[], option: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((text) => {
      const equals = text.indexOf("=");
      if (equals < 1) throw new UsageError(`${option} takes NAME=VALUE, not ${text}.`);
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
