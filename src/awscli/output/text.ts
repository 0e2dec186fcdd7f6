import { isPlainList, isPlainMap, type Plain } from "./plain.ts";

/**
 * The AWS CLI's text output: a line for each map with its scalars between tabs, sorted by their names and led by the name of
 * what holds them; the maps and lists within follow.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html
 */
export const textOf = (value: Plain): string =>
  lines(value)
    .map((line) => `${line}\n`)
    .join("");

const lines = (value: Plain, name?: string, keys?: readonly string[]): readonly string[] => {
  if (isPlainList(value)) return listLines(value, name);
  if (isPlainMap(value)) return mapLines(value, name, keys);
  return [word(value)];
};

const listLines = (items: readonly Plain[], name: string | undefined): readonly string[] => {
  if (items.length === 0) return [];
  // The items of a list are rows of one table: what one lacks is an empty column.
  if (items.some(isPlainMap)) {
    const keys = [...new Set(items.flatMap((item) => (isPlainMap(item) ? scalarKeys(item) : [])))].sort();
    return items.flatMap((item) => lines(item, name, keys));
  }
  const nested = items.filter(isPlainList);
  const scalars = items.filter((item) => !isPlainList(item)).map(word);
  return [...scalarLines(scalars, name), ...nested.flatMap((item) => lines(item, name))];
};

const scalarLines = (words: readonly string[], name: string | undefined): readonly string[] => {
  if (words.length === 0) return [];
  return name === undefined ? [words.join("\t")] : words.map((each) => `${name.toUpperCase()}\t${each}`);
};

const mapLines = (
  map: { readonly [key: string]: Plain },
  name: string | undefined,
  keys: readonly string[] | undefined,
): readonly string[] => {
  const columns = keys ?? scalarKeys(map);
  const row = columns.map((key) => word(map[key] === undefined ? "" : (map[key] ?? null)));
  const nested = Object.keys(map)
    .filter((key) => !columns.includes(key))
    .sort();
  const head = row.length === 0 ? [] : [[...(name === undefined ? [] : [name.toUpperCase()]), ...row].join("\t")];
  return [...head, ...nested.flatMap((key) => lines(map[key] ?? null, key))];
};

const scalarKeys = (map: { readonly [key: string]: Plain }): readonly string[] =>
  Object.keys(map)
    .filter((key) => !isPlainList(map[key] ?? null) && !isPlainMap(map[key] ?? null))
    .sort();

/** The words of Python, in which the AWS CLI is written. */
const word = (value: Plain): string => {
  if (value === null) return "None";
  if (value === true) return "True";
  return value === false ? "False" : String(value);
};
