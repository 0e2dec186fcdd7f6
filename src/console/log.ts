import type { CloudEvent } from "../kernel/events.ts";
import { traceRoot } from "../kernel/traceId.ts";
import type { CallView } from "./calls.ts";
import type { Journal } from "./journal.ts";
import { type ConsoleRoute, json } from "./parts.ts";

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 2000;

/** The call log, the newest first: `?text=&decision=&role=&trace=&before=&limit=`. Traces have what is under way, too. */
export const callLog: ConsoleRoute = async ({ parts: { journal }, query }) => {
  const limit = Math.min(Number(query.get("limit")) || DEFAULT_LIMIT, MAX_LIMIT);
  const calls = query.get("trace") ? () => withUnderWay(journal) : journal.calls;
  const suits = filterOf(query, calls);
  const found: CallView[] = [];
  for (const call of calls()) {
    if (suits(call)) found.push(call);
    if (found.length >= limit) break;
  }
  return json({ calls: found });
};

const withUnderWay = function* (journal: Journal): Iterable<CallView> {
  yield* journal.underWay();
  yield* journal.calls();
};

/** A trace with those that led to it and those it led to, as far as messages carried it. */
const linkedTraces = (calls: Iterable<CallView>, root: string): ReadonlySet<string> => {
  const found = new Set([root]);
  const linking = [...calls].filter(({ links }) => links);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { traceId = "", links = [] } of linking) {
      const all = [traceRoot(traceId), ...links];
      if (all.some((one) => found.has(one))) for (const one of all) found.add(one);
    }
  }
  return found;
};

/** `-` stands for any trace. */
const isOfTrace = ({ traceId }: CallView, traces: ReadonlySet<string>): boolean =>
  traceId !== undefined && (traces.has("-") || traces.has(traceRoot(traceId)));

const filterOf = (query: URLSearchParams, calls: () => Iterable<CallView>): ((call: CallView) => boolean) => {
  const text = query.get("text")?.toLowerCase();
  const [decision, role, trace] = [query.get("decision"), query.get("role"), query.get("trace")];
  const traces = trace ? linkedTraces(calls(), trace) : undefined;
  const before = Number(query.get("before")) || Number.POSITIVE_INFINITY;
  return (call) =>
    call.seq < before &&
    (!decision || call.decision === decision) &&
    (!role || call.roleArn === role) &&
    (!traces || isOfTrace(call, traces)) &&
    (!text || textOf(call).includes(text));
};

const textOf = ({ service, operation, principal, error, required }: CallView): string =>
  [`${service}:${operation}`, principal, error?.code, error?.message, ...required.map(({ resource }) => resource)]
    .join(" ")
    .toLowerCase();

/** The latest events, the newest first: `?limit=`. */
export const eventLog: ConsoleRoute = async ({ parts, query }) => {
  const limit = Math.min(Number(query.get("limit")) || DEFAULT_LIMIT, MAX_LIMIT);
  const events: CloudEvent[] = [];
  for (const event of parts.journal.allEvents()) if (events.push(event) >= limit) break;
  return json({ events });
};

/** What was done under a role, allowed and denied: `?role=ARN`. */
export const permissions: ConsoleRoute = async ({ parts, query }) =>
  json({ permissions: parts.usage.of(query.get("role") ?? "") });
