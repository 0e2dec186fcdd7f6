import { UsageFailure } from "../failure.ts";
import type { Value } from "./given.ts";
import { keyOf, type OptionRow } from "./row.ts";

export interface Parsed {
  readonly values: ReadonlyMap<string, Value>;
  readonly positional: readonly string[];
}

/** Reads the words of a command as Click does: whole names only, options and other words in any order. */
export const parseWords = (words: readonly string[], rows: readonly OptionRow[]): Parsed => {
  const table = spellings(rows);
  const values = new Map<string, Value>();
  const positional: string[] = [];
  const left = [...words];
  while (left.length > 0) {
    const word = left.shift() ?? "";
    if (word === "--") positional.push(...left.splice(0));
    else if (!word.startsWith("-") || word === "-") positional.push(word);
    else for (const found of spelled(word, table)) take(found, left, values);
  }
  return { values, positional };
};

interface Spelling {
  readonly row: OptionRow;
  readonly name: string;
  readonly isOff: boolean;
}

/** An option as it was written, with the value that stands in the same word. */
interface Spelled extends Spelling {
  readonly inline: string | undefined;
}

const spellings = (rows: readonly OptionRow[]): ReadonlyMap<string, Spelling> =>
  new Map(
    rows.flatMap((row) => [
      ...row.names.map((name): [string, Spelling] => [name, { row, name, isOff: false }]),
      ...(row.off === undefined ? [] : [[row.off, { row, name: row.off, isOff: true }] satisfies [string, Spelling]]),
    ]),
  );

/** `--name`, `--name=value`, or short ones such as `-t`, `-tFILE` and `-cp`. */
const spelled = (word: string, table: ReadonlyMap<string, Spelling>): readonly Spelled[] => {
  const [, name = word, inline] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
  const whole = table.get(name);
  if (whole) return [{ ...whole, inline }];
  if (word.startsWith("--")) throw noSuchOption(name);
  const first = table.get(word.slice(0, 2));
  if (!first) throw noSuchOption(word.slice(0, 2));
  const more = word.slice(2);
  if (first.row.takes !== "flag") return [{ ...first, inline: more === "" ? undefined : more }];
  return [{ ...first, inline: undefined }, ...(more === "" ? [] : spelled(`-${more}`, table))];
};

const noSuchOption = (name: string) => new UsageFailure(`No such option: ${name}`);

const take = ({ row, name, isOff, inline }: Spelled, left: string[], values: Map<string, Value>): void => {
  const key = keyOf(row);
  if (row.takes === "flag") {
    if (inline !== undefined) throw new UsageFailure(`Option '${name}' does not take a value.`);
    values.set(key, !isOff);
    return;
  }
  const value = inline ?? left.shift();
  if (value === undefined) throw new UsageFailure(`Option '${name}' requires an argument.`);
  if (row.choices && !row.choices.some((choice) => choice === value))
    throw new UsageFailure(
      `Invalid value for '${name}': '${value}' is not one of ${row.choices.map((choice) => `'${choice}'`).join(", ")}.`,
    );
  const before = values.get(key);
  if (row.takes === "one") values.set(key, value);
  else if (row.takes === "each") values.set(key, [...(Array.isArray(before) ? before : []), value]);
  else values.set(key, [value, ...left.splice(0, untilOption(left))]);
};

/** AWS: the words after such an option are its own up to the next one that begins with a dash. */
const untilOption = (left: readonly string[]): number => {
  const next = left.findIndex((word) => word.startsWith("-"));
  return next < 0 ? left.length : next;
};
