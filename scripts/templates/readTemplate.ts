import { isMap, isScalar, isSeq, type Node, parseDocument, type ScalarTag, type TagId } from "yaml";

/** A template as plain data, where `!Ref X` and `Ref: X` look the same. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
export type JsonMap = { readonly [name: string]: Json };

const FUNCTIONS = [
  "And",
  "Base64",
  "Cidr",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Not",
  "Or",
  "Select",
  "Split",
  "Sub",
  "Transform",
];

/** Parses a YAML or JSON template; throws with the line when it is not one. */
export function readTemplate(text: string): JsonMap {
  const document = parseDocument(text, { customTags: (tags) => [...tags, ...intrinsicTags()], merge: false });
  const [error] = document.errors;
  if (error) throw error;
  const template = plain(document.contents);
  if (!isJsonMap(template)) throw new Error("A template is a map of sections.");
  return template;
}

export function isJsonMap(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The tags are only declared here, so that the parser takes them: `plain` gives them their meaning. */
function intrinsicTags(): Exclude<TagId | ScalarTag, TagId>[] {
  return ["Ref", "Condition", ...FUNCTIONS].map((name) => ({ tag: `!${name}`, resolve: (text: string) => text }));
}

function plain(node: Node | null): Json {
  if (node === null) return null;
  const value = untagged(node);
  const name = node.tag?.startsWith("!") ? node.tag.slice(1) : undefined;
  if (name === undefined) return value;
  if (name === "Ref" || name === "Condition") return { [name]: value };
  if (!FUNCTIONS.includes(name)) return value;
  const argument = name === "GetAtt" && typeof value === "string" ? splitOnce(value) : value;
  return { [`Fn::${name}`]: argument };
}

function untagged(node: Node): Json {
  if (isMap<Node, Node | null>(node))
    return Object.fromEntries(node.items.map(({ key, value }) => [String(plain(key)), plain(value)]));
  if (isSeq<Node>(node)) return node.items.map((item) => plain(item));
  if (!isScalar(node)) throw new Error("A template has no YAML aliases.");
  const { value } = node;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return String(value);
}

/** `Resource.Attribute.Part` names one attribute, `Attribute.Part`. */
function splitOnce(text: string): Json {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
