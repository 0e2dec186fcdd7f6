import type { AuthorizationRequest } from "./authorization.ts";
import type { CallInputs, CallOutputs, ServiceName } from "./aws.ts";
import type { Principal } from "./principal.ts";

/** One operation of one service, called in this process. */
export type Call = <S extends ServiceName, O extends keyof CallInputs[S] & keyof CallOutputs[S]>(
  service: S,
  operation: O,
  input: CallInputs[S][O],
) => Promise<CallOutputs[S][O]>;

/** Whose call it is, where, and the means to make further calls as the same principal. */
export interface Context {
  readonly principal: Principal;
  /** The account that is asked: the caller's, or the one that owns what is called for. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** The service being called; `arn` speaks of it. */
  readonly service: string;
  readonly requestId: string;
  /** Aborts when the caller goes away or the cloud stops. */
  readonly signal: AbortSignal;
  /** The caller's address, for `aws:SourceIp`; absent for calls from within. */
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  /** `X-Amzn-Trace-Id`: what this call belongs to. */
  readonly traceId: string | undefined;
  /** The service on whose way the call is made, such as `cloudformation.amazonaws.com`: `aws:CalledVia`. */
  readonly calledVia: string | undefined;
  /** An ARN of this service, account and region; the parts are joined by colons. */
  arn(...resource: readonly string[]): string;
  /** Calls any operation as this context's principal, authorized like a call from outside. */
  readonly call: Call;
  /** Throws AWS's AccessDenied when this principal may not do something that no operation of the API stands for. */
  authorize(requests: readonly AuthorizationRequest[]): Promise<void>;
  /** The same context under another principal. Services use it to act as a role they have assumed, or as themselves. */
  as(principal: Principal, calledVia?: string): Context;
  /** The same context for calls in another region. */
  in(region: string): Context;
  /** Its own id in its trace, once `beginPart` has given it one. */
  readonly segment: string | undefined;
  /** Has the log of calls tell that what was asked for failed, where the caller learns so from an answer and no refusal. */
  noteFailure(error: Error): void;
  /** The trace this call belongs to; one is begun where it belongs to none. */
  beginTrace(): string;
  /** The same for what is done from within this call, which so becomes a part of its trace. */
  beginPart(): string;
  /** The same context for calls that belong to a request with this trace. */
  traced(traceId: string | undefined): Context;
  /** The same context for calls that end early when a further signal aborts. */
  until(signal: AbortSignal): Context;
}
