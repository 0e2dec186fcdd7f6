import { InvalidSamTemplate } from "./errors.ts";
import type { SamOptions } from "./options.ts";
import { readTemplateText, readText } from "./templateText.ts";
import { transformDict } from "./transform.ts";
import { toJson, toJsonObject } from "./values/convert.ts";
import { type Dict, isDict, textOf, type Value } from "./values/value.ts";

/** What `aloft sam transform` leaves: text for standard output, or the report for standard error and exit code 1. */
export interface TransformOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Transforms one template's text, YAML or JSON, and prints the processed template with two spaces. */
export const samTransformText = (text: string, options: SamOptions): TransformOutcome => {
  const result = attempt(() => transformDict(readTemplateText(text), options));
  if ("error" in result) return { stdout: "", stderr: `${result.error}\n`, exitCode: 1 };
  return { stdout: `${JSON.stringify(toJsonObject(result.template), null, 2)}\n`, stderr: "", exitCode: 0 };
};

const DEFAULT_REGION = "us-east-1";

/**
 * Answers one line for each: a JSON request `{template, region?, partition?, parameters?, managedPolicies?}` becomes
 * `{"template": …}` or `{"error": message}`. A template may be an object, or its text in a string.
 */
export async function* samTransformBatch(
  lines: AsyncIterable<string> | Iterable<string>,
  defaults: Partial<SamOptions> = {},
): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line.trim() !== "") yield answerLine(line, defaults);
  }
}

const answerLine = (line: string, defaults: Partial<SamOptions>): string => {
  const result = attempt(() => {
    const request = readText(line);
    if (!isDict(request)) throw new BadRequest("A request is a JSON object.");
    return transformDict(templateOf(request.get("template")), optionsOf(request, defaults));
  });
  return JSON.stringify("error" in result ? result : { template: toJsonObject(result.template) });
};

/** A request that asks for nothing that can be done. */
class BadRequest extends Error {}

const templateOf = (template: Value): Dict => {
  if (isDict(template)) return template;
  const text = textOf(template);
  if (text === undefined) throw new BadRequest("A request needs a template.");
  return readTemplateText(text);
};

const optionsOf = (request: Dict, defaults: Partial<SamOptions>): SamOptions => {
  const parameters = request.get("parameters");
  const policies = request.get("managedPolicies");
  const partition = textOf(request.get("partition")) ?? defaults.partition;
  return {
    ...defaults,
    region: textOf(request.get("region")) ?? regionOf(partition) ?? defaults.region ?? DEFAULT_REGION,
    ...(partition === undefined ? {} : { partition }),
    ...(isDict(parameters) ? { parameters: toJsonObject(parameters) } : {}),
    ...(isDict(policies) ? { managedPolicies: texts(policies) } : {}),
  };
};

const regionOf = (partition: string | undefined): string | undefined => {
  if (partition === "aws-cn") return "cn-north-1";
  return partition === "aws-us-gov" ? "us-gov-west-1" : undefined;
};

const texts = (dict: Dict): Record<string, string> =>
  Object.fromEntries(dict.entries().flatMap(([key, value]) => entryOf(key, toJson(value))));

const entryOf = (key: string, value: unknown): [string, string][] => (typeof value === "string" ? [[key, value]] : []);

/** Any failure is an answer: one bad template of a batch must not keep the others from theirs. */
const attempt = (run: () => Dict): { readonly template: Dict } | { readonly error: string } => {
  try {
    return { template: run() };
  } catch (error) {
    if (error instanceof InvalidSamTemplate) return { error: error.message };
    return { error: error instanceof Error ? error.message : String(error) };
  }
};
