import { AwsError } from "../../kernel/errors.ts";
import { serializationError, type WireError } from "../errors.ts";
import type { OperationModel } from "../model.ts";
import type { Protocol, ProtocolFacts } from "../protocol.ts";
import type { Member, Shape, Structure } from "../schema.ts";
import { parseTimestamp } from "../timestamps.ts";
import { toJson } from "./json.ts";
import { element, escapeXml, membersToXml } from "./xml.ts";

const CONTENT_TYPE = "text/xml";
/** Deeper than any input of a query service; a bound on what a hostile body can make. */
const MAX_DEPTH = 32;

export interface QueryFacts extends ProtocolFacts {
  /** A member that the request's path stands for, and what may be asked there besides the operations that have it. */
  readonly addressed?: { readonly member: string; readonly path: RegExp; readonly alsoThere: readonly string[] };
  /** Whether refusals carry an empty `Detail`. */
  readonly errorDetail?: boolean;
  /** Messages that differ from those of the service's other protocols, by code. */
  readonly messages?: Readonly<Record<string, string>>;
}

/** awsQuery: a form whose dotted names spell the input, answered in XML. */
export const awsQuery = (facts: QueryFacts): Protocol => ({
  streamsInput: () => false,
  decode: (operation, request) => {
    const input = structureFromTree(operation.input, treeOf(formOf(request.method, request.query, request.body)));
    return addressedInput(facts, operation, request.path, input);
  },
  encode: (operation, output, requestId) => {
    const content = membersToXml(operation.output, output);
    // An output without members still has its element: clients look for it by name.
    const result = operation.output.name === "Unit" ? "" : element(`${operation.name}Result`, content);
    const metadata = element("ResponseMetadata", element("RequestId", requestId));
    return {
      ...answered(200),
      body: element(`${operation.name}Response`, result + metadata, facts.xmlNamespace),
    };
  },
  encodeError: (error, requestId) => {
    // AWS: whoever asks for nothing gets no more than this.
    if (error.code === UNKNOWN_OPERATION) return { ...answered(error.status), body: element(UNKNOWN_OPERATION, "") };
    const { code, message, type } = told(facts, error);
    const details =
      element("Type", type) +
      element("Code", code) +
      element("Message", escapeXml(message.replace(NO_XML, "\ufffd"))) +
      (facts.errorDetail ? element("Detail", "") : "");
    const body = element("Error", details) + element("RequestId", requestId);
    return { ...answered(error.status), body: element("ErrorResponse", body, facts.xmlNamespace) };
  },
});

/** What no XML document can hold, not even by reference: a refusal that quotes it must still be one that can be read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is meant.
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The same, answered in JSON. */
export const awsQueryJson = (facts: QueryFacts): Protocol => {
  const query = awsQuery(facts);
  return {
    ...query,
    encode: ({ name, output: shape }, output, requestId) => {
      const result = shape.name === "Unit" ? {} : { [`${name}Result`]: structureJson(shape, output) };
      return inJson(200, { [`${name}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } } });
    },
    encodeError: (error, requestId) => {
      if (error.code === UNKNOWN_OPERATION) return query.encodeError(error, requestId);
      const { code, message, type } = told(facts, error);
      const details = { Code: code, Message: message, Type: type, ...(facts.errorDetail ? { Detail: null } : {}) };
      return inJson(error.status, { Error: details, RequestId: requestId });
    },
  };
};

const inJson = (status: number, document: object) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(document),
});

const structureJson = (shape: Structure, value: unknown): Readonly<Record<string, unknown>> => {
  const members = Object(value) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    shape.members.flatMap((member) => {
      const inner = members[member.name];
      return inner === undefined ? [] : [[jsonName(member), memberJson(member, inner)]];
    }),
  );
};

/** AWS: flattened lists go by names that begin with a small letter. */
const jsonName = ({ name, shape, traits }: Member): string =>
  shape.kind === "list" && traits.xmlFlattened ? name.charAt(0).toLowerCase() + name.slice(1) : name;

const memberJson = ({ shape }: Pick<Member, "shape">, value: unknown): unknown => {
  switch (shape.kind) {
    case "structure":
      return structureJson(shape, value);
    case "list":
      return (value as readonly unknown[]).map((item) => memberJson(shape.item, item));
    case "map":
      return Object.entries(Object(value)).map(([key, inner]) => ({
        [shape.key.traits.xmlName ?? "key"]: key,
        [shape.value.traits.xmlName ?? "value"]: memberJson(shape.value, inner),
      }));
    default:
      return toJson(shape, value);
  }
};

/** What a refusal says in a service's query protocol. */
const told = ({ messages }: QueryFacts, { code, message, fault }: WireError) => ({
  code,
  message: messages?.[code] ?? message,
  type: fault === "client" ? "Sender" : "Receiver",
});

const answered = (status: number) => ({ status, headers: { "content-type": CONTENT_TYPE } });

/** The form of a request: its body, or the query of its address where it has none. */
const formOf = (method: string, query: URLSearchParams, body: Buffer): URLSearchParams =>
  method === "GET" || body.length === 0 ? query : new URLSearchParams(body.toString("utf8"));

/** The operation a request asks for. Throws where it asks for none. */
export const queryAction = (method: string, query: URLSearchParams, body: Buffer): string => {
  // Not by reading the form, which is read once the caller is known: bodies are large, and this is on every call's way.
  const inBody = /(?:^|&)Action=([A-Za-z0-9]+)/.exec(method === "GET" ? "" : body.toString("latin1"))?.[1];
  const action = inBody ?? query.get("Action");
  if (!action) throw new AwsError(UNKNOWN_OPERATION, "The request names no operation.", 404);
  return action;
};

const UNKNOWN_OPERATION = "UnknownOperationException";

/** An input with what the request's path says. Throws where the operation is none of that address. */
const addressedInput = (
  { addressed }: QueryFacts,
  { name, input: shape }: OperationModel,
  path: string,
  input: Readonly<Record<string, unknown>>,
): unknown => {
  if (!addressed?.path.test(path)) return input;
  if (shape.byName.has(addressed.member)) return { [addressed.member]: path, ...input };
  if (addressed.alsoThere.includes(name)) return input;
  throw invalidAction(name);
};

/** AWS: an operation that is unknown where it was asked for. */
export const invalidAction = (action: string): AwsError =>
  new AwsError("InvalidAction", `The action ${action} is not valid for this endpoint.`, 400);

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

const structureFromTree = (shape: Structure, tree: Tree): Readonly<Record<string, unknown>> => {
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
