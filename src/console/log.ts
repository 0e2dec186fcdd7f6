import type { CallView } from "./calls.ts";
import { type ConsoleRoute, json } from "./parts.ts";

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 2000;

/** The call log, the newest first: `?text=&decision=&role=&trace=&before=&limit=`. */
export const callLog: ConsoleRoute = async ({ parts, query }) => {
  const limit = Math.min(Number(query.get("limit")) || DEFAULT_LIMIT, MAX_LIMIT);
  const suits = filterOf(query);
  const found: CallView[] = [];
  for (const call of parts.journal.calls()) {
    if (suits(call)) found.push(call);
    if (found.length >= limit) break;
  }
  return json({ calls: found });
};

const filterOf = (query: URLSearchParams): ((call: CallView) => boolean) => {
  const text = query.get("text")?.toLowerCase();
  const [decision, role, trace] = [query.get("decision"), query.get("role"), query.get("trace")];
  const before = Number(query.get("before")) || Number.POSITIVE_INFINITY;
  return (call) =>
    call.seq < before &&
    (!decision || call.decision === decision) &&
    (!role || call.roleArn === role) &&
    (!trace || (call.traceId ?? "").includes(trace)) &&
    (!text || textOf(call).includes(text));
};

const textOf = ({ service, operation, principal, error, required }: CallView): string =>
  [`${service}:${operation}`, principal, error?.code, error?.message, ...required.map(({ resource }) => resource)]
    .join(" ")
    .toLowerCase();

/** The latest events, the newest first: what the stream has told so far. */
export const eventLog: ConsoleRoute = async ({ parts, query }) => {
  const limit = Math.min(Number(query.get("limit")) || DEFAULT_LIMIT, MAX_LIMIT);
  const events = parts.journal.events(0).slice(-limit).reverse();
  return json({ events: events.flatMap((entry) => (entry.kind === "event" ? entry.event : [])) });
};

/** What was done under a role, allowed and denied: `?role=ARN`. */
export const permissions: ConsoleRoute = async ({ parts, query }) =>
  json({ permissions: parts.usage.of(query.get("role") ?? "") });
