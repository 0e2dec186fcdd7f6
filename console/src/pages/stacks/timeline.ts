import { timeOf } from "../../parts/time.tsx";
import type { StackEvent } from "./stacks.ts";

/** One resource's part in an operation. */
export interface Span {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly from: number;
  /** Absent while it goes on. */
  readonly to: number | undefined;
}

export interface Operation {
  /** How far it is, or how it ended. */
  readonly status: string;
  readonly from: number;
  readonly to: number | undefined;
  readonly spans: readonly Span[];
}

const isOfStack = ({ PhysicalResourceId, StackId }: StackEvent): boolean => PhysicalResourceId === StackId;
const ENDS = /_(COMPLETE|FAILED|SKIPPED)$/;

/** An operation of a stack, as spans of its resources. Its events come the newest first. */
export const operationOf = (events: readonly StackEvent[]): Operation | undefined => {
  const own = events.toReversed();
  const [first] = own;
  if (!first) return undefined;
  const from = timeOf(first.Timestamp) ?? 0;
  const last = own.findLast(isOfStack);
  const ended = ENDS.test(last?.ResourceStatus ?? "") && !/CLEANUP/.test(last?.ResourceStatus ?? "");
  return {
    status: last?.ResourceStatus ?? "",
    from,
    to: ended ? timeOf(last?.Timestamp) : undefined,
    spans: spansOf(own.filter((event) => !isOfStack(event))),
  };
};

export const spansOf = (events: readonly StackEvent[]): readonly Span[] => {
  const spans: Span[] = [];
  const open = new Map<string, number>();
  for (const {
    LogicalResourceId: id = "",
    ResourceType: type = "",
    ResourceStatus: status = "",
    ResourceStatusReason: reason = "",
    Timestamp,
  } of events) {
    const at = timeOf(Timestamp) ?? 0;
    const known = open.get(id);
    const before = known === undefined ? undefined : spans[known];
    if (before && known !== undefined)
      spans[known] = { ...before, status, reason: reason || before.reason, ...(ENDS.test(status) ? { to: at } : {}) };
    else spans.push({ id, type, status, reason, from: at, to: ENDS.test(status) ? at : undefined });
    if (ENDS.test(status)) open.delete(id);
    else if (known === undefined) open.set(id, spans.length - 1);
  }
  return spans;
};

/** Of the resources one refers to, the one that was ready last before it began: what it waited for. */
export const waitedFor = (span: Span, spans: readonly Span[], needs: ReadonlySet<string>): Span | undefined =>
  spans
    .filter(({ id, to }) => needs.has(id) && to !== undefined && to <= span.from + 1)
    .toSorted((a, b) => (b.to ?? 0) - (a.to ?? 0))[0];
