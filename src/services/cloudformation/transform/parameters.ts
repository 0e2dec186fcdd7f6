import type { SamOptions } from "./options.ts";
import { fromJson, hashOrdered } from "./values/convert.ts";
import { Dict, deepCopy, isDict, literal, type Value } from "./values/value.ts";

/**
 * The values of a template's parameters: given ones, defaults, and the pseudo parameters known before deployment.
 * `inHashOrder` says whether the template is (see hashOrder.ts).
 */
export const parameterValues = (template: Dict, options: SamOptions, partition: string, inHashOrder: boolean): Dict => {
  const values = Dict.plain();
  const adopted = (value: Value): Value => (inHashOrder ? hashOrdered(value) : value);
  for (const [name, value] of Object.entries(options.parameters ?? {})) values.set(name, adopted(fromJson(value)));
  const definitions = template.get("Parameters");
  for (const [name, definition] of isDict(definitions) ? definitions.entries() : []) {
    if (values.has(name) || !isDict(definition) || !definition.has("Default")) continue;
    values.set(name, adopted(deepCopy(definition.get("Default"))));
  }
  if (!values.has("AWS::Region")) values.put("AWS::Region", literal(options.region));
  if (!values.has("AWS::Partition")) values.put("AWS::Partition", literal(partition));
  return values;
};
