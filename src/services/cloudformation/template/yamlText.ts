import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { JsonValue } from "../../../kernel/json.ts";
import { formatError } from "./errors.ts";
import { straightened } from "./looseIndentation.ts";
import { longForm } from "./shortForms.ts";
import { type Offsets, type Position, positionAt, type SourceMap, sourceMap } from "./source.ts";
import { plainScalar } from "./yamlScalar.ts";

/** Reads YAML text; short-form tags become long-form functions. */
export const parseYaml = (text: string): { readonly tree: JsonValue; readonly source: SourceMap } => {
  const { contents, positionOf } = documentOf(text);
  const reader = new Reader(positionOf);
  const tree = contents === null ? null : reader.read(contents);
  return { tree, source: sourceMap(positionOf, () => ({ tree, offsets: reader.offsets })) };
};

type PositionOf = (offset: number) => Position;

const documentOf = (text: string): { readonly contents: Node | null; readonly positionOf: PositionOf } => {
  const { contents, errors } = parseDocument(text, OPTIONS);
  const positionOf = (offset: number) => positionAt(text, offset);
  const [error] = errors;
  if (error === undefined) return { contents, positionOf };
  const other = straightened(text);
  if (other !== undefined) {
    const again = parseDocument(other.text, OPTIONS);
    if (again.errors.length === 0) return { contents: again.contents, positionOf: other.positionAt };
  }
  throw notWellFormed(positionOf(error.pos[0]));
};

// Everything is read as text first: which scalars are numbers or booleans is AWS's to say, not the library's.
// AWS: of duplicate keys the last one counts, silently.
const OPTIONS = { version: "1.1", schema: "failsafe", merge: false, uniqueKeys: false } as const;

const notWellFormed = ({ line, column }: Position) =>
  formatError(`YAML not well-formed. (line ${line}, column ${column})`);

const CORE_TAG = "tag:yaml.org,2002:";

/** Turns YAML's nodes into JSON and notes where each member starts. */
class Reader {
  readonly offsets: Offsets = new WeakMap();
  readonly #positionOf: PositionOf;

  constructor(positionOf: PositionOf) {
    this.#positionOf = positionOf;
  }

  read(node: Node | null): JsonValue {
    if (node === null) return null;
    if (isAlias(node)) throw formatError("YAML aliases are not allowed in CloudFormation templates");
    const tag = node.tag;
    if (tag === undefined || tag === "!" || tag.startsWith(CORE_TAG)) return this.#untagged(node, tag);
    const value = this.#untagged(node, isScalar(node) && node.type === "PLAIN" ? `${CORE_TAG}str` : undefined);
    const form = longForm(tag, value);
    if (form === undefined) throw notWellFormed(this.#positionOf(startOf(node)));
    const start = startOf(node);
    this.offsets.set(form.object, new Map([[form.name, start]]));
    if (Array.isArray(form.argument) && form.argument !== value) {
      this.offsets.set(form.argument, new Map(form.argument.map((_, index) => [index, start])));
    }
    return form.object;
  }

  #untagged(node: Node, tag: string | undefined): JsonValue {
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return this.#sequence(node);
    if (isScalar(node)) return this.#scalar(node, tag);
    throw notWellFormed(this.#positionOf(startOf(node)));
  }

  #scalar(node: Scalar, tag: string | undefined): JsonValue {
    const text = String(node.value ?? "");
    switch (tag) {
      case undefined:
        return node.type === "PLAIN" || node.type === undefined ? plainScalar(text.trimEnd()) : text;
      case "!":
      case `${CORE_TAG}str`:
        return text;
      case `${CORE_TAG}int`:
      case `${CORE_TAG}float`:
      case `${CORE_TAG}bool`:
      case `${CORE_TAG}null`:
        return plainScalar(text);
      default:
        // AWS: binary, omap, pairs, set and timestamp are not supported.
        throw notWellFormed(this.#positionOf(startOf(node)));
    }
  }

  #map(node: YAMLMap): JsonValue {
    const entries: [string, JsonValue][] = [];
    const starts = new Map<string, number>();
    for (const pair of node.items) {
      const key = this.#key(pair);
      starts.set(key, startOf(pair.key) || startOf(node));
      entries.push([key, this.read(nodeOf(pair.value))]);
    }
    const object = Object.fromEntries(entries);
    this.offsets.set(object, starts);
    return object;
  }

  /** Keys are text as written: an account number with a leading zero keeps it. */
  #key(pair: Pair): string {
    const key = nodeOf(pair.key);
    if (key === null) return "null";
    if (!isScalar(key)) throw notWellFormed(this.#positionOf(startOf(key)));
    return String(key.value ?? "").trimEnd();
  }

  #sequence(node: YAMLSeq): JsonValue {
    const starts = new Map<number, number>();
    const items = node.items.map((item, index) => {
      starts.set(index, startOf(item) || startOf(node));
      return this.read(nodeOf(item));
    });
    this.offsets.set(items, starts);
    return items;
  }
}

const startOf = (node: unknown): number => nodeOf(node)?.range?.[0] ?? 0;

const nodeOf = (value: unknown): Node | null =>
  isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
