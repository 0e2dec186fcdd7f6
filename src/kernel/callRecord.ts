import type { AuthorizationRequest } from "./authorization.ts";
import type { ServiceName } from "./aws.ts";
import type { Principal } from "./principal.ts";

/** One call, for the call log. */
export interface CallRecord {
  readonly service: string;
  readonly operation: string;
  readonly principal: Principal;
  readonly region: string;
  readonly requestId: string;
  readonly userAgent: string | undefined;
  readonly calledVia: string | undefined;
  traceId: string | undefined;
  /** Its own id in its trace, where calls were made from within it. */
  segment: string | undefined;
  /** Traces that led to it, where there may be several. */
  readonly links: readonly string[] | undefined;
  /** The HTTP status of what was served without a call. */
  readonly status: number | undefined;
  /** Milliseconds since the epoch, in the cloud's time. */
  readonly startedAt: number;
  /** When it ended. */
  time: number;
  error: unknown;
  /** What it had to be allowed; undefined when it failed before that was asked. */
  required: readonly Pick<AuthorizationRequest, "action" | "resource">[] | undefined;
}

/** Who called, of what a record tells. */
interface CallOrigin {
  readonly principal: Principal;
  readonly region: string;
  readonly requestId: string;
  readonly userAgent?: string | undefined;
  readonly calledVia?: string | undefined;
}

/** A call that begins. */
// Thousands of these are kept for the call log: no more than it shows, and all of one form.
export const callRecord = (caller: CallOrigin, service: ServiceName, operation: string, now: number): CallRecord => ({
  service,
  operation,
  principal: caller.principal,
  region: caller.region,
  requestId: caller.requestId,
  userAgent: caller.userAgent,
  calledVia: caller.calledVia,
  traceId: undefined,
  segment: undefined,
  links: undefined,
  status: undefined,
  startedAt: now,
  time: now,
  error: undefined,
  required: undefined,
});
