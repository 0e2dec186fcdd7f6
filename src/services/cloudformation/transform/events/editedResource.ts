import { CfnResource } from "../cfnResource.ts";
import { type Context, section } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, textOf, type Value } from "../values/value.ts";

const ATTRIBUTES = ["DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata"];

/** Finds the resource that an event refers to by `Ref`, in the template being read. */
export const referredResource = (
  reference: Value,
  context: Context,
  notText: () => Error,
): { readonly logicalId: string; readonly resource: Value } | undefined => {
  if (!isDict(reference) || !reference.has("Ref")) return undefined;
  const logicalId = textOf(reference.get("Ref"));
  if (logicalId === undefined) throw notText();
  const resources = section(context.source, "Resources");
  return resources.has(logicalId) ? { logicalId, resource: resources.get(logicalId) } : undefined;
};

/** A resource of the author's that an event has edited, written out anew. */
export const editedResource = (
  logicalId: string,
  resource: Dict,
  type: string,
  knownProperties: ReadonlySet<string>,
): CfnResource => {
  if (!resource.has("Type")) throw new InvalidResource(logicalId, "Resource dict missing key 'Type'.");
  const actual = textOf(resource.get("Type"));
  if (actual !== type) {
    throw new InvalidResource(
      logicalId,
      `Resource has incorrect Type; expected '${type}', got '${shown(resource.get("Type"))}'`,
    );
  }
  const properties = resource.get("Properties");
  const edited = new CfnResource(type, logicalId);
  for (const [name, value] of isDict(properties) ? properties.entries() : []) {
    if (!knownProperties.has(name)) {
      throw new InvalidResource(logicalId, `property ${name} not defined for resource of type ${type}`);
    }
    edited.set(name, value);
  }
  edited.dependsOn = resource.get("DependsOn");
  for (const name of ATTRIBUTES) if (resource.has(name)) edited.attributes.set(name, resource.get(name));
  return edited;
};

/** The map under a key, put there empty if there is none. */
export const mapUnder = (dict: Dict, key: string): Value => {
  if (dict.get(key) === null) dict.set(key, Dict.plain());
  return dict.get(key);
};
