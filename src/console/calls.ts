import type { CallRecord } from "../kernel/callRecord.ts";
import { errorCode, errorMessage } from "../kernel/errors.ts";
import { principalArn } from "../kernel/principal.ts";
import { traceRoot } from "../kernel/traceId.ts";

/** How a call ended: it was let through, refused by permissions, or failed for another reason. */
export type Decision = "allowed" | "denied" | "failed";

/** A call of the call log: who, what, how it was decided, when. */
export interface CallView {
  readonly seq: number;
  /** Milliseconds since the epoch, in the cloud's time: when it ended. */
  readonly time: number;
  readonly durationMs: number;
  readonly service: string;
  readonly operation: string;
  /** The ARN of who called, or the name of the service. */
  readonly principal: string;
  readonly principalKind: string;
  readonly roleArn?: string;
  readonly calledVia?: string;
  readonly traceId?: string;
  /** Its own id in the trace, which what was called from within it names as its parent. */
  readonly segment?: string;
  /** The roots of traces that led to it, where there may be several. */
  readonly links?: readonly string[];
  /** The HTTP status of what was served without a call of an operation. */
  readonly status?: number;
  readonly region: string;
  readonly requestId: string;
  readonly decision: Decision;
  /** Set while it is under way: `time` is then when it began. */
  readonly running?: true;
  readonly error?: { readonly code: string; readonly message: string };
  readonly required: readonly Permission[];
}

/** One action on one resource. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized|AuthorizationError)/;

export const decisionOf = ({ error, status = 200 }: CallRecord): Decision => {
  if (error === undefined) return status < 400 ? "allowed" : REFUSED.has(status) ? "denied" : "failed";
  return DENIED.test(errorCode(error)) ? "denied" : "failed";
};

const REFUSED = new Set([401, 403]);

/** A record as the console shows it. */
export const callView = (seq: number, call: CallRecord): CallView => {
  const { principal, error, status } = call;
  return {
    seq,
    time: call.time,
    durationMs: call.time - call.startedAt,
    service: call.service,
    operation: call.operation,
    principal: principalArn(principal),
    principalKind: principal.kind,
    ...(principal.kind === "role" ? { roleArn: principal.roleArn } : {}),
    ...(call.calledVia ? { calledVia: call.calledVia } : {}),
    ...(call.traceId ? { traceId: call.traceId } : {}),
    ...(call.segment ? { segment: call.segment } : {}),
    ...(call.links?.length ? { links: call.links.map(traceRoot) } : {}),
    ...(status === undefined ? {} : { status }),
    region: call.region,
    requestId: call.requestId,
    decision: decisionOf(call),
    ...(error === undefined ? {} : { error: { code: errorCode(error), message: errorMessage(error) } }),
    required: (call.required ?? []).map(({ action, resource }) => ({ action, resource })),
  };
};
