import { isIntrinsic, join } from "../intrinsics.ts";
import { byCodePoint, jsonText } from "../values/text.ts";
import { Dict, deepCopy, isDict, literal, textOf, type Value } from "../values/value.ts";

/** An inline definition as text; intrinsic functions and dynamic references in it become substitutions. */
export const inlineDefinition = (definition: Value): { readonly text: Dict; readonly substitutions: Dict } => {
  const substitutions = Dict.plain();
  const processed = substitute(deepCopy(definition), substitutions);
  const lines = jsonText(processed, { sortKeys: true, spaced: true, indent: 4 }).split("\n");
  return { text: join("\n", lines.map(literal)), substitutions };
};

const DYNAMIC_REFERENCE = /^\{\{resolve:([a-z-]+):(.+)\}\}\n?$/;

/** Works in the order of sorted keys, which numbers the substitutions. */
const substitute = (value: Value, substitutions: Dict): Value => {
  const replaced = (item: Value): Value => {
    if (!isIntrinsic(item) && !DYNAMIC_REFERENCE.test(textOf(item) ?? "")) return substitute(item, substitutions);
    const name = `definition_substitution_${substitutions.size + 1}`;
    substitutions.put(name, item);
    return literal(`\${${name}}`);
  };
  if (Array.isArray(value)) return value.map(replaced);
  if (isDict(value)) for (const key of value.keys().sort(byCodePoint)) value.set(key, replaced(value.get(key)));
  return value;
};
