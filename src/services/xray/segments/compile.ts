import type { JsonObject } from "../../../kernel/json.ts";
import { inferredFrom } from "./infer.ts";
import { objectsOf, textOf } from "./reading.ts";

/**
 * The segments of a trace, each with what was sent of it: subsegments that came by themselves are put below their parents,
 * and calls to what sends no segments become segments of their own. The earliest come first.
 */
export const compileTrace = (traceId: string, sent: readonly JsonObject[]): readonly JsonObject[] => {
  const known = new Set<string>();
  for (const document of sent) noteIds(document, known);
  const loose = new Map<string, JsonObject[]>();
  const segments: JsonObject[] = [];
  for (const document of sent) {
    const parent = textOf(document, "parent_id");
    const isLoose = document["type"] === "subsegment" && parent !== undefined && known.has(parent);
    if (isLoose) loose.set(parent, [...(loose.get(parent) ?? []), document]);
    else segments.push(document);
  }
  const whole = segments.map((segment) => withLoose(segment, loose));
  return [...whole, ...inferredFrom(traceId, whole)].sort((a, b) => startOf(a) - startOf(b));
};

const startOf = (document: JsonObject): number => Number(document["start_time"]);

const noteIds = (document: JsonObject, known: Set<string>): void => {
  const id = textOf(document, "id");
  if (id !== undefined) known.add(id);
  for (const child of objectsOf(document, "subsegments")) noteIds(child, known);
};

/** What tells where a loose subsegment belongs says nothing more once it is there. */
const placed = ({ type: _type, trace_id: _trace, parent_id: _parent, ...rest }: JsonObject): JsonObject => rest;

/** Each loose subsegment is taken once, so that parents that name one another end somewhere. */
const withLoose = (document: JsonObject, loose: Map<string, JsonObject[]>): JsonObject => {
  const id = textOf(document, "id") ?? "";
  const come = loose.get(id) ?? [];
  loose.delete(id);
  const children = [...objectsOf(document, "subsegments"), ...come.map(placed)]
    .map((child) => withLoose(child, loose))
    .sort((a, b) => startOf(a) - startOf(b));
  return children.length === 0 ? document : { ...document, subsegments: children };
};
