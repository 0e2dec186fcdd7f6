import { partsOf, type Segment } from "../segments/segment.ts";

/** Which segments a trace begins with, and which parts led to which others. */
export interface Links {
  readonly entries: readonly Segment[];
  /** The segments of the services that a part called. */
  called(part: Segment): readonly Segment[];
}

/** Each segment is below one part only, so that whoever follows links comes to an end, whatever ids were sent. */
export const linksOf = (segments: readonly Segment[]): Links => {
  const known = new Set(segments.flatMap((segment) => [...partsOf(segment)].map(({ id }) => id)));
  const waiting = new Map<string, Segment[]>();
  const entries: Segment[] = [];
  for (const segment of segments) {
    const { parentId } = segment;
    if (parentId === undefined || !known.has(parentId)) entries.push(segment);
    else waiting.set(parentId, [...(waiting.get(parentId) ?? []), segment]);
  }
  const called = new Map<Segment, readonly Segment[]>();
  const reached = [...entries];
  for (const segment of reached) {
    for (const part of partsOf(segment)) {
      const found = waiting.get(part.id);
      if (!found) continue;
      waiting.delete(part.id);
      called.set(part, found);
      reached.push(...found);
    }
  }
  return { entries, called: (part) => called.get(part) ?? [] };
};
