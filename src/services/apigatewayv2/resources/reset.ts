import { changesByEntry } from "../spelling.ts";

/**
 * What an update says of members that a template no longer sets, since it leaves alone what it does not hear of: the
 * default where there is one, else nothing, in the form the member has; of maps that are changed entry by entry, all that
 * they hold. AWS: one of a choice that has no default stays.
 */
export const reset = <T extends object>(before: T, after: T, defaults: Partial<T> = {}): Partial<T> => {
  const [given, all] = [after, defaults].map((one) => new Map<string, unknown>(Object.entries(one)));
  const entries: (readonly unknown[])[] = Object.entries(before).flatMap(([name, value]) => {
    if (changesByEntry(name)) return [[name, { ...emptied(value), ...Object(given?.get(name)) }]];
    if (given?.has(name) || name === "ContentHandlingStrategy") return [];
    return [[name, all?.get(name) ?? nothingLike(value)]];
  });
  return Object.fromEntries(entries);
};

const emptied = (map: object): object =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, nothingLike(value)]));

const nothingLike = (value: unknown): unknown => {
  if (Array.isArray(value)) return [];
  if (typeof value === "object") return {};
  return typeof value === "boolean" ? false : "";
};
