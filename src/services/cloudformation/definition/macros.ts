import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError } from "../template/errors.ts";
import { expandLoops } from "../template/forEach.ts";
import { readMappings } from "../template/mappings.ts";
import { parseTemplate } from "../template/parse.ts";
import { noResources, type Resolver, resolver } from "../template/resolve.ts";
import { LANGUAGE_EXTENSIONS, readTransforms } from "../template/transforms.ts";
import { runCustomMacro } from "./customMacro.ts";
import { foldFunctions } from "./foldFunctions.ts";
import { parseS3Address } from "./s3Address.ts";
import { expandSam } from "./sam.ts";
import { fetchTemplate } from "./templateText.ts";
import { type MacroAround, SAM, TransformFailed } from "./transformFailed.ts";

const INCLUDE = "AWS::Include";
const INLINE = "Fn::Transform";

/** A template's body after all of its transforms: those within it from the inside out, then those it declares, in order. */
export const runMacros = async (body: JsonObject, ctx: Context, around: MacroAround): Promise<JsonObject> => {
  const run: Run = { ctx, around, evaluate: parametersOnly(body, around) };
  let result: JsonObject = Object.fromEntries(
    await Promise.all(
      Object.entries(body).map(async ([key, value]): Promise<[string, JsonValue]> => [key, await inline(value, run)]),
    ),
  );
  const declared = declarations(body);
  for (const { name, parameters } of declared) result = await runDeclared(name, parameters, result, run);
  // What hangs on resources is evaluated when they are there, so the functions that this transform unlocks stay unlocked.
  const isExtended = declared.some(({ name }) => name === LANGUAGE_EXTENSIONS);
  return isExtended ? { ...result, Transform: LANGUAGE_EXTENSIONS } : result;
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
      return folded(expandLoops(body, loopItems(run.evaluate)), run.evaluate);
    case SAM:
      return expandSam(body, run.around);
    case INCLUDE: {
      const { Transform: _transform, ...rest } = body;
      return { ...rest, ...(await include(parameters, run)) };
    }
    default: {
      const { Transform: _transform, ...fragment } = body;
      const made = await runCustomMacro(run.ctx, run.around, name, run.evaluate.object(parameters), fragment);
      if (!isJsonObject(made)) throw formatError("unsupported structure.");
      return made;
    }
  }
};

const folded = (body: JsonObject, evaluate: Resolver): JsonObject =>
  Object.fromEntries(
    Object.entries(body).map(([section, value]) => [
      section,
      FOLDED.has(section) ? foldFunctions(value, evaluate) : value,
    ]),
  );

const FOLDED = new Set(["Conditions", "Outputs", "Resources"]);

/** A value with every transform inside it run. */
const inline = async (node: JsonValue, run: Run): Promise<JsonValue> => {
  if (Array.isArray(node)) return Promise.all(node.map((item) => inline(item, run)));
  if (!isJsonObject(node)) return node;
  const { [INLINE]: call, ...siblings } = node;
  const entries = await Promise.all(
    Object.entries(siblings).map(async ([key, item]): Promise<[string, JsonValue]> => [key, await inline(item, run)]),
  );
  let made: JsonValue = Object.fromEntries(entries);
  for (const { name, parameters } of call === undefined ? [] : calls(call)) {
    made =
      name === INCLUDE ? withIncluded(made, await include(parameters, run)) : await custom(name, parameters, made, run);
  }
  return made;
};

const withIncluded = (around: JsonValue, included: JsonObject): JsonObject => ({
  ...(isJsonObject(around) ? around : {}),
  ...included,
});

const custom = (name: string, parameters: JsonObject, fragment: JsonValue, { ctx, around, evaluate }: Run) =>
  runCustomMacro(ctx, around, name, evaluate.object(parameters), fragment);

const include = async (parameters: JsonObject, { ctx, evaluate }: Run): Promise<JsonObject> => {
  const location = evaluate.object(parameters)["Location"];
  if (typeof location !== "string") throw new TransformFailed(INCLUDE, "the Location parameter must be a string.");
  try {
    return parseTemplate(await fetchTemplate(ctx, location)).body;
  } catch (error) {
    const bucket = parseS3Address(location)?.bucket;
    if (bucket === undefined || !errorMessage(error).includes("The specified bucket does not exist")) throw error;
    throw new TransformFailed(INCLUDE, `S3 bucket [${bucket}] does not exist.`);
  }
};

/** The transforms that `Fn::Transform` calls, in order: a name, a name with parameters, or a list of these. */
const calls = (call: JsonValue): readonly TransformCall[] => (Array.isArray(call) ? call : [call]).map(callParts);

interface TransformCall {
  readonly name: string;
  readonly parameters: JsonObject;
}

const callParts = (call: JsonValue): TransformCall => {
  const name = isJsonObject(call) ? call["Name"] : call;
  const parameters = isJsonObject(call) ? (call["Parameters"] ?? {}) : {};
  if (typeof name === "string" && isJsonObject(parameters)) return { name, parameters };
  throw new TransformFailed(INLINE, "every Fn::Transform must have a Name, and Parameters that are an object.");
};

const declarations = (body: JsonObject): readonly TransformCall[] => {
  const declared = body["Transform"];
  return declared === undefined ? [] : calls(declared);
};

const hasInline = (node: JsonValue, counts: (name: JsonValue | undefined) => boolean): boolean => {
  if (Array.isArray(node)) return node.some((item) => hasInline(item, counts));
  if (!isJsonObject(node)) return false;
  const call = node[INLINE];
  const called = call === undefined ? [] : Array.isArray(call) ? call : [call];
  return (
    called.some((each) => counts(isJsonObject(each) ? each["Name"] : each)) ||
    Object.values(node).some((item) => hasInline(item, counts))
  );
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
