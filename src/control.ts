import type { Clock } from "./kernel/clock.ts";
import { AwsError, errorMessage } from "./kernel/errors.ts";
import type { CloudEvent, Events } from "./kernel/events.ts";
import type { FrontDoor, HttpRequest, HttpResponse } from "./kernel/http.ts";
import type { TrustFiles } from "./kernel/trust.ts";
import type { Mirrors } from "./services/git/mirror/lazyMirrors.ts";
import { type Snapshot, SnapshotRefused } from "./snapshots.ts";
import { version } from "./version.ts";
import { readBody } from "./wire/body.ts";
import type { Authenticate } from "./wire/handle.ts";

/** What is not built, and was asked for. */
export interface UnbuiltFeature {
  readonly message: string;
  readonly times: number;
  /** Milliseconds since the epoch. */
  readonly last: number;
}

/** A permission that somebody lacked, as the call log has it. */
export interface DeniedPermission {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly message: string;
  readonly times: number;
  /** Milliseconds since the epoch, in the cloud's time. */
  readonly last: number;
}

/** What the cloud's own door needs. */
export interface ControlParts {
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly events: Events;
  readonly reset: () => Promise<void>;
  /** Runs a function under a debugger at that port from now on; undefined: no longer. Throws when it cannot be. */
  readonly debug: (functionName: string, port: number | undefined) => Promise<void>;
  readonly mirrors: Mirrors;
  /** A token that opens the console once. */
  readonly consoleLink: () => string;
  /** The files that make clients trust the cloud's TLS connections; made now if they are not there. */
  readonly trust: () => Promise<TrustFiles>;
  /** Permissions that were refused, as far back as the call log goes, the newest first. */
  readonly denied: () => readonly DeniedPermission[];
  /** What was asked for and is not built, as far back as the call log goes, the newest first. */
  readonly unbuilt: () => readonly UnbuiltFeature[];
  /** Copies what the cloud keeps; absent where it keeps nothing. */
  readonly snapshot?: (name: string) => Promise<Snapshot>;
}

const PREFIX = "/_aloft/";
const MAX_BODY_BYTES = 64 * 1024;
/** Events kept for a listener that reads slowly; then it is cut off, to come again. */
const MAX_QUEUED_EVENTS = 10_000;

type Route = (parts: ControlParts, request: HttpRequest, query: URLSearchParams) => Promise<HttpResponse>;

const json = (value: unknown, status = 200): HttpResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

const health: Route = async () => json({ status: "ok", version, pid: process.pid });

const reset: Route = async (parts) => {
  await parts.reset();
  return json({});
};

const advanceClock: Route = async ({ clock }, _request, query) => {
  const ms = Number(query.get("ms"));
  if (!(ms >= 0) || query.get("ms") === null)
    throw new AwsError("ValidationException", "ms must be a number of milliseconds.");
  clock.advance(ms);
  return clockView(clock);
};

const clockView = (clock: Clock): HttpResponse =>
  json({ now: new Date(clock.now()).toISOString(), rate: clock.rate() });

const readClock: Route = async ({ clock }) => clockView(clock);

const pauseClock: Route = async ({ clock }) => {
  clock.pause();
  return clockView(clock);
};

const resumeClock: Route = async ({ clock }) => {
  clock.resume();
  return clockView(clock);
};

const debug: Route = async (parts, { method }, query) => {
  const port = Number(query.get("port"));
  if (method === "POST" && !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw new AwsError("ValidationException", "port must be a number from 1 to 65535.");
  await parts.debug(query.get("function") ?? "", method === "POST" ? port : undefined);
  return json({});
};

const listMirrors: Route = async ({ mirrors }) => json({ mirrors: await mirrors.list() });

const startMirror: Route = async ({ mirrors }, _request, query) => json(await mirrors.start(query));

const stopMirror: Route = async ({ mirrors }, _request, query) => json({ stopped: await mirrors.stop(query) });

const streamEvents: Route = async ({ events }, request) => ({
  status: 200,
  headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  body: serverSentEvents(events, request.signal),
});

const linkConsole: Route = async ({ consoleLink }) => json({ path: `/_aloft/console/enter?token=${consoleLink()}` });

const trust: Route = async (parts) => json(await parts.trust());

const denied: Route = async (parts) => json({ denied: parts.denied() });

const unbuilt: Route = async (parts) => json({ unbuilt: parts.unbuilt() });

const snapshot: Route = async (parts, _request, query) => {
  if (!parts.snapshot) return json({ message: "This cloud lives in memory and keeps nothing." }, 409);
  try {
    return json(await parts.snapshot(query.get("name") ?? ""));
  } catch (error) {
    if (error instanceof SnapshotRefused) return json({ message: error.message }, 409);
    throw error;
  }
};

const ROUTES: Readonly<Record<string, Route>> = {
  "POST reset": reset,
  "GET clock": readClock,
  "POST clock/advance": advanceClock,
  "POST clock/pause": pauseClock,
  "POST clock/resume": resumeClock,
  "GET events": streamEvents,
  "POST debug": debug,
  "DELETE debug": debug,
  "GET mirrors": listMirrors,
  "POST mirrors": startMirror,
  "DELETE mirrors": stopMirror,
  "POST console-link": linkConsole,
  "POST trust": trust,
  "GET denied": denied,
  "GET unbuilt": unbuilt,
  "POST snapshot": snapshot,
};

/** `/_aloft/…`: health for anyone, and what only the root may ask: reset, the clock, the stream of events. */
export const controlDoor =
  (parts: ControlParts): FrontDoor =>
  (request) =>
    request.path.startsWith(PREFIX) ? answer(parts, request) : undefined;

const answer = async (parts: ControlParts, request: HttpRequest): Promise<HttpResponse> => {
  const name = request.path.slice(PREFIX.length);
  if (name === "health") return health(parts, request, new URLSearchParams());
  const route = ROUTES[`${request.method} ${name}`];
  if (!route) return json({ message: `Nothing is at ${request.path}.` }, 404);
  try {
    const query = new URLSearchParams(request.rawQuery);
    const { principal } = parts.authenticate(request, query, "sts", await readBody(request.body, MAX_BODY_BYTES), true);
    if (principal.kind !== "root") return json({ message: "Only the root of the account may ask this." }, 403);
    return await route(parts, request, query);
  } catch (error) {
    return json({ message: errorMessage(error) }, error instanceof AwsError ? error.statusCode : 500);
  }
};

async function* serverSentEvents(events: Events, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const queue: CloudEvent[] = [];
  let wake = () => {};
  const stop = events.subscribe((event) => {
    if (queue.length < MAX_QUEUED_EVENTS) queue.push(event);
    wake();
  });
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const event = queue.shift();
      if (event) yield Buffer.from(`id: ${event.id}\nevent: ${event.detailType}\ndata: ${JSON.stringify(event)}\n\n`);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop();
  }
}
