import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { expandLoops } from "../template/forEach.ts";
import { readMappings } from "../template/mappings.ts";
import { parseTemplate } from "../template/parse.ts";
import { noResources, type Resolver, resolver } from "../template/resolve.ts";
import { LANGUAGE_EXTENSIONS, readTransforms } from "../template/transforms.ts";
import { runCustomMacro } from "./customMacro.ts";
import { expandSam } from "./sam.ts";
import { fetchTemplate } from "./templateText.ts";
import { type MacroAround, SAM, TransformFailed } from "./transformFailed.ts";

const INCLUDE = "AWS::Include";
const INLINE = "Fn::Transform";

/** A template's body after all of its transforms: those within it from the inside out, then those it declares, in order. */
export const runMacros = async (body: JsonObject, ctx: Context, around: MacroAround): Promise<JsonObject> => {
  const run: Run = { ctx, around, evaluate: parametersOnly(body, around) };
  const declared = new Map(declarations(body).map((each) => [each.name, each.parameters]));
  let result: JsonObject = Object.fromEntries(
    await Promise.all(
      Object.entries(body).map(async ([key, value]): Promise<[string, JsonValue]> => [key, await inline(value, run)]),
    ),
  );
  for (const name of readTransforms(body)) result = await runDeclared(name, declared.get(name) ?? {}, result, run);
  return result;
};

/** True when a template makes resources that do not stand in it: the caller must acknowledge that. */
export const expands = (body: JsonObject): boolean =>
  readTransforms(body).some((name) => name !== INCLUDE) || hasInline(body, (name) => name !== INCLUDE);

/** True when what a template says is not yet all that it is. */
export const hasTransforms = (body: JsonObject): boolean =>
  readTransforms(body).length > 0 || hasInline(body, () => true);

interface Run {
  readonly ctx: Context;
  readonly around: MacroAround;
  readonly evaluate: Resolver;
}

const runDeclared = async (name: string, parameters: JsonObject, body: JsonObject, run: Run): Promise<JsonObject> => {
  switch (name) {
    case LANGUAGE_EXTENSIONS:
      return expandLoops(body, loopItems(run.evaluate));
    case SAM:
      return expandSam(body, run.around);
    case INCLUDE: {
      const { Transform: _transform, ...rest } = body;
      return { ...rest, ...(await include(parameters, run)) };
    }
    default: {
      const { Transform: _transform, ...fragment } = body;
      const made = await runCustomMacro(run.ctx, run.around, name, parameters, fragment);
      if (!isJsonObject(made)) throw new TransformFailed(name, "the fragment it made is no template.");
      return made;
    }
  }
};

/** A value with every transform inside it run. */
const inline = async (node: JsonValue, run: Run): Promise<JsonValue> => {
  if (Array.isArray(node)) return Promise.all(node.map((item) => inline(item, run)));
  if (!isJsonObject(node)) return node;
  const { [INLINE]: call, ...siblings } = node;
  const entries = await Promise.all(
    Object.entries(siblings).map(async ([key, item]): Promise<[string, JsonValue]> => [key, await inline(item, run)]),
  );
  const fragment: JsonObject = Object.fromEntries(entries);
  if (call === undefined) return fragment;
  const { name, parameters } = callParts(call);
  if (name !== INCLUDE) return runCustomMacro(run.ctx, run.around, name, run.evaluate.object(parameters), fragment);
  return { ...fragment, ...(await include(parameters, run)) };
};

const include = async (parameters: JsonObject, { ctx, evaluate }: Run): Promise<JsonObject> => {
  const location = evaluate.object(parameters)["Location"];
  if (typeof location !== "string") throw new TransformFailed(INCLUDE, "the Location parameter must be a string.");
  return parseTemplate(await fetchTemplate(ctx, location)).body;
};

const callParts = (call: JsonValue): { readonly name: string; readonly parameters: JsonObject } => {
  const name = isJsonObject(call) ? call["Name"] : undefined;
  const parameters = isJsonObject(call) ? (call["Parameters"] ?? {}) : {};
  if (typeof name === "string" && isJsonObject(parameters)) return { name, parameters };
  throw new TransformFailed(INLINE, "every Fn::Transform must have a Name, and Parameters that are an object.");
};

const declarations = (body: JsonObject) => {
  const declared = body["Transform"];
  const list = Array.isArray(declared) ? declared : declared === undefined ? [] : [declared];
  return list.filter(isJsonObject).map(callParts);
};

const hasInline = (node: JsonValue, counts: (name: JsonValue | undefined) => boolean): boolean => {
  if (Array.isArray(node)) return node.some((item) => hasInline(item, counts));
  if (!isJsonObject(node)) return false;
  const call = node[INLINE];
  return (isJsonObject(call) && counts(call["Name"])) || Object.values(node).some((item) => hasInline(item, counts));
};

/** An evaluator that knows what a transform may know: parameters and mappings. */
const parametersOnly = (body: JsonObject, { parameters }: MacroAround): Resolver =>
  resolver({
    parameters,
    mappings: readMappings(body),
    condition: () => undefined,
    resources: noResources,
    exported: () => undefined,
    availabilityZones: () => [],
  });

const loopItems =
  (evaluate: Resolver) =>
  (node: JsonValue): readonly string[] | undefined => {
    const list = evaluate.value(node);
    if (!Array.isArray(list)) return undefined;
    const texts = list.filter((item) => typeof item === "string");
    return texts.length === list.length ? texts : undefined;
  };
