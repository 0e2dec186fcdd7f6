import { readFile } from "node:fs/promises";
import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, visit } from "yaml";
import { errorMessage } from "../../kernel/errors.ts";
import { CliError } from "../io.ts";
import { expandAliases } from "./aliases.ts";

/** A template kept as it is written: comments, order and short forms such as `!Sub` stay. */
export interface Template {
  readonly document: Document;
  readonly resources: readonly TemplateResource[];
  readonly parameterNames: readonly string[];
  /** YAML as it was written, with what has been set; of a JSON template, JSON. */
  yaml(): string;
  /** JSON, with short forms written out. */
  json(): string;
}

export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  /** A property, by its path with dots; undefined when it is absent or an intrinsic function. */
  text(property: string): string | undefined;
  has(property: string): boolean;
  set(property: string, value: unknown): void;
}

/** Reads a template file, YAML or JSON. */
export const readTemplate = async (path: string): Promise<Template> => {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new CliError(`\nInvalid template path ${path}: ${errorMessage(error)}`);
  });
  // Long texts keep their lines; a tag such as `!Sub` is the author's, not an error.
  const document = parseDocument(text, { logLevel: "silent" });
  const [error] = document.errors;
  if (error) throw new CliError(`\nFailed to parse ${path}: ${error.message}`);
  expandAliases(document);
  const json = () => `${JSON.stringify(plain(document.contents, document), null, 4)}\n`;
  // CloudFormation takes what begins with a brace for JSON, and texts without quotes are none.
  const isJson = /^\s*\{/.test(text);
  return {
    document,
    resources: mapKeys(document, "Resources").map((id) => resourceOf(document, id)),
    parameterNames: mapKeys(document, "Parameters"),
    yaml: () => (isJson ? json() : document.toString({ lineWidth: 0 })),
    json,
  };
};

const mapKeys = (document: Document, section: string): readonly string[] => {
  const node = document.get(section);
  return isMap(node) ? node.items.map(keyOf) : [];
};

const keyOf = ({ key }: Pair<unknown, unknown>): string => (isScalar(key) ? String(key.value) : String(key));

const resourceOf = (document: Document, id: string): TemplateResource => {
  const at = (property: string) => ["Resources", id, "Properties", ...property.split(".")];
  const type = document.getIn(["Resources", id, "Type"]);
  return {
    id,
    type: typeof type === "string" ? type : "",
    has: (property) => document.hasIn(at(property)),
    text: (property) => {
      const node = document.getIn(at(property), true);
      return isScalar(node) && typeof node.value === "string" && !isIntrinsic(node.tag) ? node.value : undefined;
    },
    set: (property, value) => document.setIn(at(property), document.createNode(value)),
  };
};

const isIntrinsic = (tag: string | undefined): boolean => tag?.startsWith("!") ?? false;

/** A node as CloudFormation's JSON. */
const plain = (node: unknown, document: Document): unknown => {
  if (isAlias(node)) return plain(node.resolve(document), document);
  const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined;
  const value = plainValue(node, document);
  if (!tag || !isIntrinsic(tag)) return value;
  const name = tag.slice(1);
  if (name === "Ref" || name === "Condition") return { [name]: value };
  // `!GetAtt A.B` names the resource before its first dot.
  if (name === "GetAtt" && typeof value === "string")
    return { "Fn::GetAtt": [value.split(".", 1)[0], value.slice(value.indexOf(".") + 1)] };
  return { [`Fn::${name}`]: value };
};

const plainValue = (node: unknown, document: Document): unknown => {
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [keyOf(pair), plain(pair.value, document)]));
  if (isSeq(node)) return node.items.map((item) => plain(item, document));
  return isScalar(node) ? node.value : null;
};

/** Calls back for each `AWS::Include` with its location's node path; the callback's answer replaces it. */
export const replaceIncludes = async (
  { document }: Template,
  replace: (location: string) => Promise<string>,
): Promise<void> => {
  const found: { location: string; set: (value: string) => void }[] = [];
  visit(document, {
    Map: (_key, map) => {
      const location = map.getIn(["Parameters", "Location"]);
      if (map.get("Name") !== "AWS::Include" || typeof location !== "string") return;
      found.push({ location, set: (value) => map.setIn(["Parameters", "Location"], value) });
    },
  });
  for (const { location, set } of found) set(await replace(location));
};
