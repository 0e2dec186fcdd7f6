import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";

/** The types whose environments reach code that runs here, and so must lead to what answers here. */
const TYPES = new Set(["AWS::Lambda::Function", "AWS::CodeBuild::Project"]);

/** Properties with AWS's addresses in their environment turned into local ones. */
export const withLocalValues = (
  type: string,
  properties: JsonObject,
  localAddress: (text: string) => string,
): JsonObject => {
  const environment = properties["Environment"];
  if (!TYPES.has(type) || environment === undefined) return properties;
  return { ...properties, Environment: mapTexts(environment, localAddress) };
};

const mapTexts = (value: JsonValue, change: (text: string) => string): JsonValue => {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
};
