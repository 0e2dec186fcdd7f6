import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { TemplatePath } from "./errors.ts";

/** A place in the template's text; both count from one. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Says where in the text a part of the template was written. */
export interface SourceMap {
  /** The place of the deepest part of `path` that was written there; undefined when not even its second step was. */
  at(path: TemplatePath): Position | undefined;
}

/** For every object and list of a parsed tree, the offset at which each of its members starts. */
export type Offsets = WeakMap<object, ReadonlyMap<string | number, number>>;

/** A source map over a parsed tree. `offsets` is made on the first question, since most templates are never asked about. */
export const sourceMap = (
  positionOf: (offset: number) => Position,
  located: () => { readonly tree: JsonValue; readonly offsets: Offsets },
): SourceMap => {
  let known: { readonly tree: JsonValue; readonly offsets: Offsets } | undefined;
  return {
    at(path) {
      known ??= located();
      const offset = offsetAt(known.tree, known.offsets, path);
      return offset === undefined ? undefined : positionOf(offset);
    },
  };
};

/** The line and column of an offset. */
export const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  return { line: before.split("\n").length, column: offset - lastBreak };
};

const offsetAt = (tree: JsonValue, offsets: Offsets, path: TemplatePath): number | undefined => {
  let node: JsonValue | undefined = tree;
  let found: number | undefined;
  for (const [depth, step] of path.entries()) {
    if (!isContainer(node)) break;
    const offset: number | undefined = offsets.get(node)?.get(step);
    if (offset === undefined) return depth < 2 ? undefined : found;
    found = offset;
    node = memberOf(node, step);
  }
  return found;
};

const isContainer = (node: JsonValue | undefined): node is JsonObject | readonly JsonValue[] =>
  Array.isArray(node) || isJsonObject(node);

const memberOf = (node: JsonObject | readonly JsonValue[], step: string | number): JsonValue | undefined => {
  if (isJsonObject(node)) return node[String(step)];
  return typeof step === "number" ? node[step] : undefined;
};
