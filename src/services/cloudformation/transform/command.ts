import { InvalidSamTemplate } from "./errors.ts";
import type { SamOptions } from "./options.ts";
import { jsonProblem, readTemplateText, readText } from "./templateText.ts";
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
    const request = readRequest(line);
    return transformDict(templateOf(request.get("template")), optionsOf(request, defaults));
  });
  return JSON.stringify("error" in result ? result : { template: toJsonObject(result.template) });
};

/** A request that asks for nothing that can be done. */
class BadRequest extends Error {}

const readRequest = (line: string): Dict => {
  const problem = jsonProblem(line);
  if (problem !== undefined) throw new BadRequest(`The line is no JSON: ${problem}`);
  const request = readText(line);
  if (isDict(request)) return request;
  throw new BadRequest("A request is a JSON object.");
};

const templateOf = (template: Value): Dict => {
  if (isDict(template)) return template;
  const text = textOf(template);
  if (text === undefined) throw new BadRequest("A request needs a template.");
  return readTemplateText(text);
};

const optionsOf = (request: Dict, defaults: Partial<SamOptions>): SamOptions => {
  const parameters = mapMember(request, "parameters");
  const policies = mapMember(request, "managedPolicies");
  const partition = textMember(request, "partition") ?? defaults.partition;
  return {
    ...defaults,
    region: textMember(request, "region") ?? regionOf(partition) ?? defaults.region ?? DEFAULT_REGION,
    ...(partition === undefined ? {} : { partition }),
    ...(parameters ? { parameters: toJsonObject(parameters) } : {}),
    ...(policies ? { managedPolicies: texts(policies) } : {}),
  };
};

const textMember = (request: Dict, name: string): string | undefined => {
  const value = request.get(name);
  const text = textOf(value);
  if (value === null || text !== undefined) return text;
  throw new BadRequest(`A request's ${name} is text.`);
};

const mapMember = (request: Dict, name: string): Dict | undefined => {
  const value = request.get(name);
  if (value === null) return undefined;
  if (isDict(value)) return value;
  throw new BadRequest(`A request's ${name} is a map.`);
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
