/** A shape of the API with its members spelled as our records spell them. */
export type Lowered<T> = { readonly [K in keyof T as Uncapitalize<K & string>]: Exclude<T[K], undefined> };

/** The same back again. */
export type Raised<T> = { readonly [K in keyof T as Capitalize<K & string>]: Exclude<T[K], undefined> };

/** The members of an input, in our spelling; those not given are left out, so that they change nothing. */
export const lowered = <T extends object>(input: T): Lowered<T> =>
  respelled(input, (name) => name.charAt(0).toLowerCase());

/** A record as an update changes it: a member given as empty text is there no longer. */
export const merged = <R extends object, T extends object>(before: R, input: T): R & Lowered<T> => {
  const entries: (readonly unknown[])[] = Object.entries({ ...before, ...lowered(input) });
  return Object.fromEntries(entries.filter(([, member]) => member !== ""));
};

/** The members of a record, in AWS's spelling. */
export const raised = <T extends object>(record: T): Raised<T> =>
  respelled(record, (name) => name.charAt(0).toUpperCase());

const respelled = (value: object, first: (name: string) => string) => {
  const entries: (readonly unknown[])[] = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => [first(name) + name.slice(1), member]);
  return Object.fromEntries(entries);
};
