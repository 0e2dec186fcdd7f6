/** Any value that survives JSON unchanged. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object; records, templates and policies are of this shape. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Tells objects from the other JSON values. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
