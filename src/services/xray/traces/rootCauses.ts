import type { Cause } from "../filters/expression.ts";
import { durationOf, type ExceptionPart, type Segment } from "../segments/segment.ts";
import { linksOf } from "./links.ts";
import type { Trace } from "./trace.ts";

/** A segment or subsegment on the way to a cause. */
export interface CauseEntity {
  readonly name: string;
  readonly exceptions: readonly ExceptionPart[];
  readonly remote: boolean;
  /** Its share of the root's response time. */
  readonly coverage: number;
}

export interface CauseService {
  readonly name: string;
  readonly type: string | undefined;
  readonly inferred: boolean;
  readonly entities: readonly CauseEntity[];
}

/** The way from the request to what made it fail, or made it take its time. */
export interface RootCause {
  readonly services: readonly CauseService[];
  readonly clientImpacting: boolean;
}

/** The causes of a trace: for each fault or error the way to the innermost of it, for its time that of the longest calls. */
export const rootCausesOf = ({ root, segments }: Trace, cause: Cause): readonly RootCause[] => {
  if (!root) return [];
  const { entries, called } = linksOf(segments);
  const children: Children = (part) => [...part.subsegments, ...called(part)];
  const starts = cause === "responsetime" ? [root] : entries.filter((segment) => isCause(segment, cause, children));
  return starts
    .flatMap((segment) => waysFrom(segment, cause, children))
    .map((way) => ({
      services: servicesOf(way, durationOf(root)),
      clientImpacting: cause === "responsetime" || (way[0] === root && root[cause]),
    }));
};

/** What is below a part: its subsegments, and the segments of the services that it called. */
type Children = (part: Segment) => readonly Segment[];

const isCause = (part: Segment, cause: "fault" | "error", children: Children): boolean =>
  part[cause] || children(part).some((child) => isCause(child, cause, children));

/** Each way to an innermost cause. */
const waysFrom = (part: Segment, cause: Cause, children: Children): readonly (readonly Segment[])[] => {
  const next =
    cause === "responsetime"
      ? longestOf(children(part))
      : children(part).filter((child) => isCause(child, cause, children));
  if (next.length === 0) return [[part]];
  return next.flatMap((child) => waysFrom(child, cause, children).map((way) => [part, ...way]));
};

const longestOf = (parts: readonly Segment[]): readonly Segment[] =>
  parts.toSorted((a, b) => durationOf(b) - durationOf(a)).slice(0, 1);

/** A way cut where it goes from one service into another: only segments name services. */
const servicesOf = (way: readonly Segment[], total: number): readonly CauseService[] => {
  const services: { segment: Segment; parts: Segment[] }[] = [];
  for (const part of way) {
    const current = services.at(-1);
    if (!current || part.parentId !== undefined) services.push({ segment: part, parts: [part] });
    else current.parts.push(part);
  }
  return services.map(({ segment, parts }) => ({
    name: segment.node,
    type: segment.type,
    inferred: segment.isInferred,
    entities: parts.map((part) => ({
      name: part.name,
      exceptions: part.exceptions,
      remote: part.namespace === "remote" || part.namespace === "aws",
      coverage: total > 0 ? durationOf(part) / total : 0,
    })),
  }));
};
