import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** Models that refer to themselves end here. */
const MAX_REFERENCE_DEPTH = 16;

/**
 * A mapping template that makes a payload of a model's form, with samples for values.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_GetModelTemplate.html
 */
export const modelTemplate = (schema: string, schemaNamed: (model: string) => string | undefined): string =>
  `#set($inputRoot = $input.path('$'))\n${sample(parsed(schema), "$inputRoot", "", { schemaNamed, depth: 0 })}`;

interface Within {
  schemaNamed(model: string): string | undefined;
  readonly depth: number;
}

const sample = (given: unknown, place: string, indent: string, within: Within): string => {
  const schema = referred(given, within);
  const inner: Within = { ...within, depth: within.depth + 1 };
  if (!schema || within.depth > MAX_REFERENCE_DEPTH) return "{ }";
  const { type, properties, items } = schema;
  if (type === "array" || items !== undefined) return listSample(items, place, indent, inner);
  if (isJsonObject(properties)) return objectSample(properties, place, indent, inner);
  return SCALARS[String(type)] ?? "{ }";
};

const SCALARS: Readonly<Record<string, string>> = { string: '"foo"', number: "42", integer: "42", boolean: "true" };

const objectSample = (properties: JsonObject, place: string, indent: string, within: Within): string => {
  const deeper = `${indent}  `;
  const members = Object.entries(properties).map(
    ([name, schema]) => `${deeper}"${name}" : ${sample(schema, `${place}.${name}`, deeper, within)}`,
  );
  return `{\n${members.join(",\n")}\n${indent}}`;
};

const listSample = (items: unknown, place: string, indent: string, within: Within): string => {
  const deeper = `${indent}  `;
  return [
    "[",
    "##TODO: Update this foreach loop to reference array from input json",
    `#foreach($elem in ${place})`,
    `${deeper}${sample(items, "$elem", deeper, within)} `,
    "#if($foreach.hasNext),#end",
    "#end",
    `${indent}]`,
  ].join("\n");
};

/** AWS: models refer to each other by their addresses. */
const referred = (schema: unknown, { schemaNamed }: Within): JsonObject | undefined => {
  if (!isJsonObject(schema)) return undefined;
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  return parsed(schemaNamed(reference.split("/").at(-1) ?? ""));
};

const parsed = (schema: string | undefined): JsonObject | undefined => {
  const document: unknown = JSON.parse(schema ?? "{}");
  return isJsonObject(document) ? document : undefined;
};
