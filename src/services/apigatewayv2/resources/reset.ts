/**
 * What an update says of members that a template no longer sets, since it leaves alone what it does not hear of: the
 * default where there is one, else nothing, in the form the member has. AWS: one of a choice that has no default stays.
 */
export const reset = <T extends object>(before: T, after: T, defaults: Partial<T> = {}): Partial<T> => {
  const all = new Map(Object.entries(defaults));
  const entries: (readonly unknown[])[] = Object.entries(before)
    .filter(([name]) => !Object.hasOwn(after, name) && name !== "ContentHandlingStrategy")
    .map(([name, value]) => [name, all.get(name) ?? nothingLike(value)]);
  return Object.fromEntries(entries);
};

const nothingLike = (value: unknown): unknown => {
  if (Array.isArray(value)) return [];
  if (typeof value === "object") return {};
  return typeof value === "boolean" ? false : "";
};
