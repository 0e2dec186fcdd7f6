import type { AttributesOf } from "../template/check.ts";
import { isCustom } from "./load.ts";
import type { ResourceSchema } from "./schema.ts";

/** Which attributes each of some types has, for `checkTemplate`. */
export const attributesOf =
  (schemas: ReadonlyMap<string, ResourceSchema>): AttributesOf =>
  (type) => {
    const schema = schemas.get(type);
    if (schema === undefined || isCustom(type)) return undefined;
    return (attribute) => hasAttribute(schema, attribute);
  };

const hasAttribute = (schema: ResourceSchema, attribute: string): boolean => {
  if (schema.attributes.has(attribute)) return true;
  if (namesProperty(schema, attribute)) return true;
  // A nested stack's outputs are its template's to name.
  if (schema.type === "AWS::CloudFormation::Stack") return attribute.startsWith("Outputs.");
  // A part of an attribute that is an object, or a whole of which the schema names the parts.
  return [...schema.attributes].some((name) => name.startsWith(`${attribute}.`) || attribute.startsWith(`${name}.`));
};

/** AWS: what a resource was given can be asked of it like what it tells of itself. */
export const namesProperty = ({ attributes, properties }: ResourceSchema, attribute: string): boolean =>
  !attributes.has(attribute) && properties.has(attribute.split(".", 1)[0] ?? "");
