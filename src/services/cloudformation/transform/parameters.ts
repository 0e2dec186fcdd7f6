import type { SamOptions } from "./options.ts";
import { fromJson, hashOrdered } from "./values/convert.ts";
import { Dict, deepCopy, isDict, literal } from "./values/value.ts";

/** The values of a template's parameters: given ones, defaults, and the pseudo parameters known before deployment. */
export const parameterValues = (template: Dict, options: SamOptions, partition: string): Dict => {
  const values = Dict.plain();
  for (const [name, value] of Object.entries(options.parameters ?? {})) values.set(name, hashOrdered(fromJson(value)));
  const definitions = template.get("Parameters");
  for (const [name, definition] of isDict(definitions) ? definitions.entries() : []) {
    if (values.has(name) || !isDict(definition) || !definition.has("Default")) continue;
    values.set(name, hashOrdered(deepCopy(definition.get("Default"))));
  }
  if (!values.has("AWS::Region")) values.put("AWS::Region", literal(options.region));
  if (!values.has("AWS::Partition")) values.put("AWS::Partition", literal(partition));
  return values;
};
