import type { CallRecord } from "./callRecord.ts";
import type { Principal } from "./principal.ts";

/** What was served without being a call of an operation: a request to an API, an event that a function took. */
export interface Served {
  /** `execute-api` */
  readonly service: string;
  /** `GET /facts` */
  readonly operation: string;
  /** The ARN of what served it. */
  readonly resource: string;
  readonly principal: Principal;
  readonly requestId: string;
  readonly traceId: string;
  /** Its own id in the trace, where calls were made from within it. */
  readonly segment?: string;
  /** Traces that led to it, where there may be several: those of a batch's messages. */
  readonly links?: readonly string[];
  /** Milliseconds since the epoch, in the cloud's time. */
  readonly startedAt: number;
  /** The answer's HTTP status, where it is one. */
  readonly status?: number;
  readonly error?: unknown;
}

/** A part of a trace that has begun, as it is told before anybody knows how it ends. */
export type Begun = Omit<Served, "status" | "error"> & { readonly segment: string };

/** What was served without a call, as the log of calls has it. */
export const servedCall = (served: Served, region: string, now: number): CallRecord => ({
  service: served.service,
  operation: served.operation,
  principal: served.principal,
  region,
  requestId: served.requestId,
  userAgent: undefined,
  calledVia: undefined,
  traceId: served.traceId,
  segment: served.segment,
  links: served.links,
  status: served.status,
  startedAt: served.startedAt,
  time: now,
  error: served.error,
  required: [{ action: `${served.service}:Invoke`, resource: served.resource }],
});
