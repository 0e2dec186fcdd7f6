import { NotImplemented } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { expandLoops } from "../template/forEach.ts";
import { readMappings } from "../template/mappings.ts";
import { noResources, resolver } from "../template/resolve.ts";
import { LANGUAGE_EXTENSIONS, readTransforms } from "../template/transforms.ts";
import { expandSam } from "./sam.ts";
import { type MacroAround, SAM } from "./transformFailed.ts";

/** A template's body after all of its transforms, in the order it declares them. */
export const runMacros = async (body: JsonObject, around: MacroAround): Promise<JsonObject> => {
  let result = body;
  for (const name of readTransforms(body)) result = await runMacro(name, result, around);
  refuseInlineMacros(result);
  return result;
};

/** True when a template makes resources that do not stand in it: the caller must acknowledge that. */
export const expands = (body: JsonObject): boolean =>
  readTransforms(body).some((name) => name !== LANGUAGE_EXTENSIONS && name !== "AWS::Include");

const runMacro = async (name: string, body: JsonObject, around: MacroAround): Promise<JsonObject> => {
  switch (name) {
    case LANGUAGE_EXTENSIONS:
      return expandLoops(body, loopItems(body, around));
    case SAM:
      return expandSam(body, around);
    default:
      throw new NotImplemented(`the transform ${name}`);
  }
};

const loopItems = (body: JsonObject, { parameters }: MacroAround) => {
  const evaluate = resolver({
    parameters,
    mappings: readMappings(body),
    condition: () => undefined,
    resources: noResources,
    exported: () => undefined,
    availabilityZones: () => [],
  });
  return (node: JsonValue): readonly string[] | undefined => {
    const list = evaluate.value(node);
    if (!Array.isArray(list)) return undefined;
    const texts = list.filter((item) => typeof item === "string");
    return texts.length === list.length ? texts : undefined;
  };
};

const refuseInlineMacros = (node: JsonValue): void => {
  if (Array.isArray(node)) for (const item of node) refuseInlineMacros(item);
  if (!isJsonObject(node)) return;
  for (const [key, item] of Object.entries(node)) {
    if (key === "Fn::Transform") throw new NotImplemented("Fn::Transform within a template");
    refuseInlineMacros(item);
  }
};
