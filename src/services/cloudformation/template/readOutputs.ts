import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, TemplateError, type TemplatePath } from "./errors.ts";
import { MAX_DESCRIPTION_BYTES, MAX_OUTPUTS } from "./limits.ts";
import type { OutputDefinition } from "./model.ts";
import { alphanumericName, countedSection, stringMember } from "./section.ts";

/** Reads the `Outputs` section. */
export const readOutputs = (body: JsonObject): ReadonlyMap<string, OutputDefinition> =>
  new Map(
    countedSection(body, "Outputs", MAX_OUTPUTS)
      .filter(([name]) => name !== "Fn::Transform" && !name.startsWith("Fn::ForEach::"))
      .map(([name, value]) => [name, readOutput(name, value)]),
  );

/** What AWS says of an output that is a list or an object. */
export const outputNotText = (name: string): TemplateError =>
  formatError("The Value field of every Outputs member must evaluate to a String.", ["Outputs", name]);

const KEYS = new Set(["Condition", "Description", "Export", "Value"]);

const readOutput = (name: string, output: JsonValue): OutputDefinition => {
  const path = ["Outputs", name];
  alphanumericName("Output", name, path);
  if (!isJsonObject(output)) throw formatError("Any Outputs member must be a JSON object.", path);
  for (const key of Object.keys(output)) {
    if (!KEYS.has(key)) throw new TemplateError(`Invalid template output property '${key}'`, [...path, key]);
  }
  const value = output["Value"];
  if (value === undefined) throw formatError("Every Outputs member must contain a Value object", path);
  if (Array.isArray(value)) throw outputNotText(name);
  return {
    name,
    value,
    description: readDescription(output, path),
    exportName: readExport(output["Export"], path),
    condition: stringMember(output, "Condition", path, "Every Condition member must be a string."),
  };
};

const readDescription = (output: JsonObject, path: TemplatePath): string | undefined => {
  const description = stringMember(output, "Description", path, "Every Description member must be a string.");
  if (description !== undefined && Buffer.byteLength(description) > MAX_DESCRIPTION_BYTES) {
    throw formatError(`'Description' length is greater than ${MAX_DESCRIPTION_BYTES}.`, path);
  }
  return description;
};

const readExport = (value: JsonValue | undefined, path: TemplatePath): JsonValue | undefined => {
  if (value === undefined) return undefined;
  const at = [...path, "Export"];
  if (!isJsonObject(value)) throw formatError("Every Export member must be a JSON object.", at);
  const name = value["Name"];
  if (name === undefined) throw formatError("Every Export member must contain a Name object", at);
  if (Object.keys(value).length > 1) throw formatError("Every Export member may only contain a Name object", at);
  return name;
};
