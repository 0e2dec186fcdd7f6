import { XMLParser } from "fast-xml-parser";
import { errorMessage } from "../../../kernel/errors.ts";
import { UnreadableReport } from "./results.ts";

/** An element of an XML report. */
export interface XmlElement {
  /** Without its namespace's prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The root element; throws UnreadableReport when the root is none of the names. */
export const readXml = (text: string, roots: readonly string[]): XmlElement => {
  let parsed: unknown;
  try {
    parsed = PARSER.parse(text);
  } catch (error) {
    throw new UnreadableReport(errorMessage(error));
  }
  const [root] = elementsOf(parsed).filter(({ name }) => !name.startsWith("?"));
  if (!root) throw new UnreadableReport("no XML element");
  if (!roots.includes(root.name))
    throw new UnreadableReport(`expected element type <${roots.at(-1)}> but have <${root.name}>`);
  return root;
};

/** Every element of that name below one, in document order. */
export const below = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...below(child, name)]);

/** The first child of one of these names. */
export const child = (element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined =>
  element?.children.find(({ name }) => names.includes(name));

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

const elementsOf = (nodes: unknown): readonly XmlElement[] =>
  Array.isArray(nodes) ? nodes.filter(isNode).flatMap(elementOf) : [];

const isNode = (node: unknown): node is Record<string, unknown> => typeof node === "object" && node !== null;

const elementOf = (node: Record<string, unknown>): readonly XmlElement[] => {
  const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
  if (name === undefined) return [];
  const inside = node[name];
  return [{ name, attributes: attributesOf(node[":@"]), children: elementsOf(inside), text: textOf(inside) }];
};

const attributesOf = (given: unknown): Record<string, string> =>
  isNode(given) ? Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])) : {};

const textOf = (nodes: unknown): string =>
  Array.isArray(nodes)
    ? nodes
        .filter(isNode)
        .map((node) => (typeof node["#text"] === "string" ? node["#text"] : ""))
        .join("")
    : "";
