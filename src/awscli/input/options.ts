import { usageError } from "../io.ts";

/** How many words follow an option. */
export type Arity = "none" | "one" | "many";

/** Splits the words of a command whose options are a table. */
export const splitKnown = (words: readonly string[], table: Readonly<Record<string, Arity>>): Words =>
  splitOptions(
    words,
    (option) => table[option],
    (option) => fullOption(option, Object.keys(table)),
  );

/** The options of a command as they were written. */
export interface Words {
  /** Option without dashes to its words, in their order. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** Words that belong to no option. */
  readonly positional: readonly string[];
}

/**
 * Splits a command's words into options. Each option takes the words after it up to the next option; `arity` says which take
 * none or exactly one, so that what follows them is positional.
 */
export const splitOptions = (
  words: readonly string[],
  arity: (option: string) => Arity | undefined,
  fullName: (option: string) => string | undefined = (option) => option,
): Words => {
  const options = new Map<string, string[]>();
  const positional: string[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? "";
    at++;
    if (!isOption(word)) {
      positional.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const name = fullName(word.slice(2, equals < 0 ? undefined : equals)) ?? "";
    const takes = arity(name);
    if (takes === undefined) throw usageError(`Unknown options: ${word}`);
    const values = options.get(name) ?? [];
    options.set(name, values);
    if (equals >= 0) values.push(word.slice(equals + 1));
    const most = equals >= 0 || takes === "none" ? 0 : takes === "one" ? 1 : Number.POSITIVE_INFINITY;
    for (let taken = 0; taken < most && at < words.length && !isOption(words[at] ?? ""); taken++) {
      values.push(words[at] ?? "");
      at++;
    }
    if (takes === "one" && values.length === 0) throw usageError(`argument --${name}: expected one argument`);
  }
  return { options, positional };
};

/**
 * The option a word means: itself, or the only one it abbreviates, as `--output-template` does `--output-template-file`.
 * The AWS CLI takes both.
 */
export const fullOption = (option: string, options: readonly string[]): string | undefined => {
  if (options.includes(option)) return option;
  const longer = options.filter((each) => each.startsWith(option));
  return longer.length === 1 ? longer[0] : undefined;
};

const isOption = (word: string): boolean => /^--[a-z]/.test(word);
