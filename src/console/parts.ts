import type { Clock } from "../kernel/clock.ts";
import type { Dispatch } from "../kernel/dispatch.ts";
import type { HttpRequest, HttpResponse } from "../kernel/http.ts";
import type { RootPrincipal } from "../kernel/principal.ts";
import type { Rooms } from "../kernel/rooms.ts";
import type { Handler } from "../wire/handle.ts";
import type { Journal } from "./journal.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { RoleUsage } from "./usage.ts";

/** What the console's door needs of the cloud. */
export interface ConsoleParts {
  readonly sessions: Sessions;
  readonly journal: Journal;
  readonly usage: RoleUsage;
  readonly dispatch: Dispatch;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly region: string;
  readonly endpoint: () => string;
  /** Whom a session acts as. */
  readonly principal: RootPrincipal;
  readonly requestId: () => string;
  /** The cloud's own handler, for the request console. */
  readonly handler: Handler;
}

/** A request of a session to one of the console's addresses. */
export interface Asked {
  readonly parts: ConsoleParts;
  readonly request: HttpRequest;
  readonly query: URLSearchParams;
  readonly session: Session;
}

export type ConsoleRoute = (asked: Asked) => Promise<HttpResponse>;

/** By this the call log knows the console's own calls. */
export const CONSOLE_AGENT = "aloft-console";

export const json = (value: unknown, status = 200): HttpResponse => ({
  status,
  headers: { "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify(value),
});

export const callerOf = ({ parts, request }: Asked, region = parts.region) => ({
  principal: parts.principal,
  region,
  requestId: parts.requestId(),
  signal: request.signal,
  userAgent: CONSOLE_AGENT,
});
