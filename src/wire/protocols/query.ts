import { serializationError } from "../errors.ts";
import type { Protocol, ProtocolFacts } from "../protocol.ts";
import type { Member, Shape, Structure } from "../schema.ts";
import { parseTimestamp } from "../timestamps.ts";
import { element, escapeXml, membersToXml } from "./xml.ts";

const CONTENT_TYPE = "text/xml";
/** Deeper than any input of a query service; a bound on what a hostile body can make. */
const MAX_DEPTH = 32;

/** awsQuery: a form whose dotted names spell the input, answered in XML. */
export const awsQuery = (facts: ProtocolFacts): Protocol => ({
  streamsInput: () => false,
  decode: (operation, request) => {
    const form = request.method === "GET" ? request.query : new URLSearchParams(request.body.toString("utf8"));
    return structureFromTree(operation.input, treeOf(form));
  },
  encode: (operation, output, requestId) => {
    const content = membersToXml(operation.output, output);
    // An output without members still has its element: clients look for it by name.
    const result = operation.output.name === "Unit" ? "" : element(`${operation.name}Result`, content);
    const metadata = element("ResponseMetadata", element("RequestId", requestId));
    return {
      status: 200,
      headers: { "content-type": CONTENT_TYPE },
      body: element(`${operation.name}Response`, result + metadata, facts.xmlNamespace),
    };
  },
  encodeError: (error, requestId) => {
    const type = error.fault === "client" ? "Sender" : "Receiver";
    const details = element("Type", type) + element("Code", error.code) + element("Message", escapeXml(error.message));
    const body = element("Error", details) + element("RequestId", requestId);
    return {
      status: error.status,
      headers: { "content-type": CONTENT_TYPE },
      body: element("ErrorResponse", body, facts.xmlNamespace),
    };
  },
});

/** The operation a form asks for. */
export const queryAction = (body: string): string | undefined => /(?:^|&)Action=([A-Za-z0-9]+)/.exec(body)?.[1];

/** Dotted names as a tree; a leaf is text. */
interface Tree {
  readonly children: Map<string, Tree>;
  text: string | undefined;
}

const treeOf = (form: URLSearchParams): Tree => {
  const root: Tree = { children: new Map(), text: undefined };
  for (const [name, value] of form) {
    const parts = name.split(".");
    if (parts.length > MAX_DEPTH) throw serializationError(`The parameter ${name} is nested too deeply.`);
    let node = root;
    for (const part of parts) {
      const next = node.children.get(part) ?? { children: new Map(), text: undefined };
      node.children.set(part, next);
      node = next;
    }
    node.text = value;
  }
  return root;
};

const structureFromTree = (shape: Structure, tree: Tree): unknown => {
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = tree.children.get(member.traits.xmlName ?? member.name) ?? tree.children.get(member.name);
    if (child) result[member.name] = valueFromTree(member, child);
  }
  return result;
};

const valueFromTree = (member: Pick<Member, "shape" | "traits">, tree: Tree): unknown => {
  const { shape } = member;
  switch (shape.kind) {
    case "structure":
      return structureFromTree(shape, tree);
    case "list":
      return listFromTree(member, shape.item, tree);
    case "map":
      return mapFromTree(member, shape.key, shape.value, tree);
    default:
      return scalarFromText(shape, tree.text ?? "");
  }
};

const listFromTree = ({ traits }: Pick<Member, "traits">, item: Member, tree: Tree): readonly unknown[] => {
  const nested = tree.children.get(item.traits.xmlName ?? "member") ?? tree.children.get("member");
  const items = traits.xmlFlattened ? tree : nested;
  return numbered(items).map((child) => valueFromTree(item, child));
};

const mapFromTree = ({ traits }: Pick<Member, "traits">, key: Member, item: Member, tree: Tree): unknown => {
  const entries = numbered(traits.xmlFlattened ? tree : tree.children.get("entry"));
  return Object.fromEntries(
    entries.map((entry) => {
      const value = entry.children.get(item.traits.xmlName ?? "value");
      return [entry.children.get(key.traits.xmlName ?? "key")?.text ?? "", value ? valueFromTree(item, value) : ""];
    }),
  );
};

const numbered = (tree: Tree | undefined): readonly Tree[] =>
  [...(tree?.children ?? [])]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);

const scalarFromText = (shape: Shape, text: string): unknown => {
  switch (shape.kind) {
    case "number":
    case "bigint": {
      const number = Number(text);
      if (text === "" || Number.isNaN(number)) throw serializationError(`${text} is not a number.`);
      return number;
    }
    case "boolean":
      return text.toLowerCase() === "true";
    case "timestamp":
      return parseTimestamp(text);
    case "blob":
      return Buffer.from(text, "base64");
    default:
      return text;
  }
};
