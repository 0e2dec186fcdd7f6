import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { MAX_API_BODY_BYTES } from "../limits.ts";
import { type Asked, refuse } from "./api.ts";

/** The request's document; an empty body is an empty one. */
export const readJson = async (asked: Asked): Promise<JsonObject> => {
  const value = await readValue(asked);
  if (!isJsonObject(value)) throw refuse(400, "Body should be a JSON object");
  return value;
};

/** A list of texts: the whole document, or the member of that name. */
export const readTexts = async (asked: Asked, name: string): Promise<readonly string[]> => {
  const value = await readValue(asked);
  const texts = textsIn(isJsonObject(value) ? value : { [name]: value }, name);
  if (!texts) throw refuse(422, `Invalid request.\n\n"${name}" wasn't supplied.`);
  return texts;
};

const readValue = async ({ request }: Asked): Promise<JsonValue> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_API_BODY_BYTES) throw refuse(413, "Request body too large");
    chunks.push(bytes);
  }
  if (size === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw refuse(400, "Problems parsing JSON");
  }
};

/** A member that must be text. */
export const textIn = (body: JsonObject, name: string): string => {
  const value = optionalTextIn(body, name);
  if (value === undefined) throw refuse(422, `Invalid request.\n\n"${name}" wasn't supplied.`);
  return value;
};

export const optionalTextIn = (body: JsonObject, name: string): string | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw wrongType(name, value, "a string");
  return value;
};

export const objectIn = (body: JsonObject, name: string): JsonObject | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw wrongType(name, value, "an object");
  return value;
};

export const flagIn = (body: JsonObject, name: string): boolean | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "boolean") throw wrongType(name, value, "a boolean");
  return value;
};

/** The objects of a list; nothing where there is none. */
export const objectsIn = (body: JsonObject, name: string): readonly JsonObject[] => {
  const value = body[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, value, "an array");
  return value.map((each) => {
    if (!isJsonObject(each)) throw wrongType(name, each, "an object");
    return each;
  });
};

export const textsIn = (body: JsonObject, name: string): readonly string[] | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, value, "an array");
  return value.map((each) => {
    if (typeof each !== "string") throw wrongType(name, each, "a string");
    return each;
  });
};

const wrongType = (name: string, value: unknown, type: string) =>
  refuse(422, `Invalid request.\n\nFor '${name}', ${JSON.stringify(value)} is not ${type}.`);
