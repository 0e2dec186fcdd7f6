/** What the page reads of an X-Ray segment or subsegment. Times are seconds since the epoch. */
interface SegmentDocument {
  readonly id: string;
  readonly name: string;
  readonly parent_id?: string;
  readonly origin?: string;
  readonly namespace?: string;
  readonly inferred?: boolean;
  readonly start_time: number;
  readonly end_time?: number;
  readonly error?: boolean;
  readonly throttle?: boolean;
  readonly fault?: boolean;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly cause?: string | { readonly exceptions?: readonly { readonly type?: string; readonly message?: string }[] };
  readonly aws?: { readonly operation?: string; readonly table_name?: string };
  readonly subsegments?: readonly SegmentDocument[];
}

/** A segment or subsegment in its place below what led to it. Times are milliseconds. */
export interface SegmentBar {
  readonly id: string;
  readonly name: string;
  /** `AWS::Lambda::Function`, or what a call was. */
  readonly kind: string;
  /** `key: value` each. */
  readonly annotations: readonly string[];
  readonly status: "Under way" | "Failed" | "Succeeded";
  readonly reason: string;
  readonly depth: number;
  readonly from: number;
  readonly to: number;
}

/** The segments of a trace, each below the part that it was called from. */
export const segmentBars = (documents: readonly string[], now: number): readonly SegmentBar[] => {
  const segments: readonly SegmentDocument[] = documents.map((text) => JSON.parse(text));
  const known = new Set(segments.flatMap(idsOf));
  const called = new Map<string | undefined, SegmentDocument[]>();
  for (const segment of segments) {
    const parent = known.has(segment.parent_id ?? "") ? segment.parent_id : undefined;
    called.set(parent, [...(called.get(parent) ?? []), segment]);
  }
  return (called.get(undefined) ?? []).flatMap((segment) => barsFrom(segment, called, now, 0));
};

const idsOf = ({ id, subsegments = [] }: SegmentDocument): readonly string[] => [id, ...subsegments.flatMap(idsOf)];

/** Each list of calls is taken once: ids are whatever was sent. */
const barsFrom = (
  part: SegmentDocument,
  called: Map<string | undefined, SegmentDocument[]>,
  now: number,
  depth: number,
): readonly SegmentBar[] => {
  const reached = called.get(part.id) ?? [];
  called.delete(part.id);
  // What was only inferred from a call says nothing that the call does not.
  const below = [...(part.subsegments ?? []), ...reached.filter(({ inferred }) => !inferred)];
  return [barOf(part, now, depth), ...below.flatMap((child) => barsFrom(child, called, now, depth + 1))];
};

const barOf = (part: SegmentDocument, now: number, depth: number): SegmentBar => {
  const failed = part.fault || part.error || part.throttle;
  const status = part.end_time === undefined ? "Under way" : failed ? "Failed" : "Succeeded";
  return {
    id: part.id,
    name: part.name,
    kind: kindOf(part),
    annotations: Object.entries(part.annotations ?? {}).map(([key, value]) => `${key}: ${value}`),
    status,
    reason: reasonOf(part) ?? status.toLowerCase(),
    depth,
    from: part.start_time * 1000,
    to: part.end_time === undefined ? now : part.end_time * 1000,
  };
};

const kindOf = ({ origin, namespace, aws }: SegmentDocument): string =>
  origin ?? ([aws?.operation, aws?.table_name].filter(Boolean).join(" ") || (namespace ?? ""));

const reasonOf = ({ cause, fault, throttle, error }: SegmentDocument): string | undefined => {
  const [exception] = typeof cause === "object" ? (cause.exceptions ?? []) : [];
  if (exception) return [exception.type, exception.message].filter(Boolean).join(": ");
  if (throttle) return "throttled";
  if (fault) return "fault";
  return error ? "error" : undefined;
};
