/** An API's structure as templates spell it: every member with a capital. */
export type Properties<T> = T extends string | number | boolean | undefined | Date
  ? T
  : T extends readonly (infer E)[]
    ? readonly Properties<E>[]
    : { readonly [K in keyof T & string as Capitalize<K>]?: Properties<T[K]> };

/** The structure a template's properties stand for; values keep, names lose their capital. */
export const fromProperties = <T extends object>(properties: Properties<T>): T =>
  JSON.parse(JSON.stringify(properties), (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).map(([name, each]) => [name.charAt(0).toLowerCase() + name.slice(1), each]),
        )
      : value,
  );
