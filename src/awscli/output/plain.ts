/** JSON as the AWS CLI prints it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** An SDK's answer as plain JSON: dates and bytes as the AWS CLI writes them, what is absent left out. */
export const plainOf = (value: unknown): Plain => {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date)
    return value.toISOString().replace(/\.000Z$|Z$/, (end) => (end === "Z" ? "000+00:00" : "+00:00"));
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  if (Array.isArray(value)) return value.map(plainOf);
  if (value instanceof Set) return [...value].map(plainOf);
  const entries = Object.entries(value).filter(([key, each]) => each !== undefined && key !== "$metadata");
  return Object.fromEntries(entries.map(([key, each]) => [key, plainOf(each)]));
};

/** Tells maps from the other values. */
export const isPlainMap = (value: Plain): value is { readonly [key: string]: Plain } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Tells lists from the other values; `Array.isArray` does not narrow readonly ones. */
export const isPlainList = (value: Plain): value is readonly Plain[] => Array.isArray(value);
