/** A shape of the API with its members spelled as our records spell them. */
export type Lowered<T> = { readonly [K in keyof T as Uncapitalize<K & string>]: Exclude<T[K], undefined> };

/** The same back again. */
export type Raised<T> = { readonly [K in keyof T as Capitalize<K & string>]: Exclude<T[K], undefined> };

/** The members of an input, in our spelling; those not given are left out, so that they change nothing. */
export const lowered = <T extends object>(input: T): Lowered<T> =>
  respelled(input, (name) => name.charAt(0).toLowerCase());

/** AWS: an update changes these maps entry by entry, and takes away what it gives empty. */
const BY_ENTRY = new Set(["requestParameters", "responseParameters", "routeSettings", "stageVariables"]);

/** Whether a member of an input is a map that updates change entry by entry. */
export const changesByEntry = (member: string): boolean =>
  BY_ENTRY.has(member.charAt(0).toLowerCase() + member.slice(1));

/** A record as an update changes it: a member given as empty text is there no longer. */
export const merged = <R extends object, T extends object>(before: R, input: T): R & Lowered<T> => {
  const known = new Map<string, unknown>(Object.entries(before));
  const changes = Object.entries(lowered(input)).map(([name, member]) => [
    name,
    BY_ENTRY.has(name) ? changedEntries(known.get(name), member) : member,
  ]);
  const entries: (readonly unknown[])[] = Object.entries({ ...before, ...Object.fromEntries(changes) });
  return Object.fromEntries(entries.filter(([, member]) => member !== ""));
};

const changedEntries = (before: unknown, changes: unknown) =>
  Object.fromEntries(Object.entries({ ...Object(before), ...Object(changes) }).filter(([, value]) => !isEmpty(value)));

const isEmpty = (value: unknown): boolean =>
  value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

/** The members of a record, in AWS's spelling. */
export const raised = <T extends object>(record: T): Raised<T> =>
  respelled(record, (name) => name.charAt(0).toUpperCase());

const respelled = (value: object, first: (name: string) => string) => {
  const entries: (readonly unknown[])[] = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [first(name) + name.slice(1), member]);
  return Object.fromEntries(entries);
};
