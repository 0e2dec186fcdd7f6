import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { formatError } from "./errors.ts";
import { parseJson } from "./jsonText.ts";
import type { SourceMap } from "./source.ts";
import { parseYaml } from "./yamlText.ts";

/** A template as it was written: one long-form JSON tree, and where each part stands in the text. */
export interface ParsedTemplate {
  readonly body: JsonObject;
  readonly source: SourceMap;
  readonly format: "JSON" | "YAML";
}

/** Reads a template's text, JSON or YAML; short-form functions come out in their long form. Throws `TemplateError`. */
export const parseTemplate = (text: string): ParsedTemplate => {
  // AWS: what opens with a brace is read as JSON, and its errors are JSON's.
  const isJson = /^\uFEFF?\s*\{/.test(text);
  const { tree, source } = isJson ? parseJson(text) : parseYaml(text);
  if (!isJsonObject(tree)) throw formatError("unsupported structure.");
  return { body: tree, source, format: isJson ? "JSON" : "YAML" };
};
