import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { functionError, type TemplatePath } from "./errors.ts";
import { callOf } from "./intrinsics/intrinsic.ts";
import { MAX_DEPTH } from "./limits.ts";

/** Gives the list a loop runs over, with every function in it evaluated; undefined when it is no list of texts. */
export type LoopItems = (node: JsonValue) => readonly string[] | undefined;

const LOOP = "Fn::ForEach::";

/**
 * AWS::LanguageExtensions' loops: every `Fn::ForEach::Name` in Conditions, Resources and Outputs, and in the properties
 * within them, replaced by what it makes.
 */
export const expandLoops = (body: JsonObject, items: LoopItems): JsonObject =>
  Object.fromEntries(
    Object.entries(body).map(([section, value]) => [
      section,
      LOOPING.has(section) ? expand(value, new Map(), items, [section]) : value,
    ]),
  );

const LOOPING = new Set(["Conditions", "Outputs", "Resources"]);

type Variables = ReadonlyMap<string, string>;

const expand = (node: JsonValue, variables: Variables, items: LoopItems, path: TemplatePath): JsonValue => {
  if (path.length > MAX_DEPTH) throw functionError("Fn::ForEach is nested too deep.", path);
  if (typeof node === "string") return named(node, variables);
  if (Array.isArray(node)) return node.map((item, index) => expand(item, variables, items, [...path, index]));
  if (!isJsonObject(node)) return node;
  const variable = callOf(node)?.name === "Ref" ? node["Ref"] : undefined;
  if (typeof variable === "string" && variables.has(variable)) return variables.get(variable) ?? "";
  const members: [string, JsonValue][] = [];
  const seen = new Set<string>();
  const add = (key: string, value: JsonValue): void => {
    if (seen.has(key)) throw functionError(`Fn::ForEach makes ${key} more than once.`, path);
    seen.add(key);
    members.push([key, value]);
  };
  for (const [key, value] of Object.entries(node)) {
    const at = [...path, key];
    if (!key.startsWith(LOOP)) add(named(key, variables), expand(value, variables, items, at));
    else for (const [made, member] of runLoop(value, variables, items, at)) add(made, member);
  }
  return Object.fromEntries(members);
};

const runLoop = (
  loop: JsonValue,
  variables: Variables,
  items: LoopItems,
  path: TemplatePath,
): readonly [string, JsonValue][] => {
  const [identifier, collection, output, ...rest] = Array.isArray(loop) ? loop : [];
  if (typeof identifier !== "string" || !isJsonObject(output) || rest.length > 0) {
    throw functionError(
      "every Fn::ForEach object requires three parameters, the identifier, the collection and the output fragment",
      path,
    );
  }
  const list = collection === undefined ? undefined : items(expand(collection, variables, items, [...path, 1]));
  if (list === undefined) throw functionError("The collection of every Fn::ForEach must be a list of strings.", path);
  return list.flatMap((item) => {
    const made = expand(output, new Map([...variables, [identifier, item]]), items, [...path, 2]);
    return isJsonObject(made) ? Object.entries(made) : [];
  });
};

/** `${Name}` becomes the item; `&{Name}` the item without what a logical name may not hold. */
const named = (text: string, variables: Variables): string => {
  if (variables.size === 0) return text;
  return text.replace(/([$&])\{([^}!]+)\}/g, (whole, sign: string, name: string) => {
    const item = variables.get(name.trim());
    if (item === undefined) return whole;
    return sign === "&" ? item.replace(/[^A-Za-z0-9]/g, "") : item;
  });
};
