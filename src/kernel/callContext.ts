import { partitionOf } from "./arn.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import type { Authorizer } from "./authorizer.ts";
import type { ServiceName } from "./aws.ts";
import type { CallRecord } from "./callRecord.ts";
import type { Clock } from "./clock.ts";
import type { Call, Context } from "./context.ts";
import type { Ids } from "./ids.ts";
import type { Principal } from "./principal.ts";
import { newTraceId, segmentOf, within } from "./traceId.ts";

/** Where a call comes from. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly sourceIp?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly calledVia?: string | undefined;
  /** `X-Amzn-Trace-Id`, as it came: what belongs together. */
  readonly traceId?: string | undefined;
}

/** What a context needs to make further calls. */
interface ContextParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly authorizer: Authorizer;
  readonly run: (caller: Caller, service: ServiceName, operation: string, input: unknown) => Promise<unknown>;
  readonly onPart?: ((call: CallRecord) => void) | undefined;
}

/** The context of one call. Each request makes one, so it holds nothing of its own but its caller. */
export class CallContext implements Context {
  readonly service: ServiceName;
  segment: string | undefined;
  /** The account that owns what is called for, where that is not the caller's. */
  owner: string | undefined;
  /** Its line in the log of calls, where there is one. */
  record: CallRecord | undefined;
  private caller: Caller;
  private readonly parts: ContextParts;

  constructor(caller: Caller, service: ServiceName, parts: ContextParts) {
    this.caller = caller;
    this.service = service;
    this.segment = undefined;
    this.owner = undefined;
    this.record = undefined;
    this.parts = parts;
  }

  get principal(): Principal {
    return this.caller.principal;
  }

  get account(): string {
    return this.owner ?? this.caller.principal.account;
  }

  get region(): string {
    return this.caller.region;
  }

  get partition(): string {
    return partitionOf(this.caller.region);
  }

  get requestId(): string {
    return this.caller.requestId;
  }

  get signal(): AbortSignal {
    return this.caller.signal;
  }

  get sourceIp(): string | undefined {
    return this.caller.sourceIp;
  }

  get userAgent(): string | undefined {
    return this.caller.userAgent;
  }

  get calledVia(): string | undefined {
    return this.caller.calledVia;
  }

  get traceId(): string | undefined {
    return this.caller.traceId;
  }

  get call(): Call {
    const { parts, caller } = this;
    // The operation's output is what its type says; the dispatcher itself knows no operation.
    return ((to: ServiceName, operation: string, input: unknown) =>
      parts.run(callerLike(caller, { requestId: parts.ids.uuid() }), to, operation, input)) as Call;
  }

  arn(...resource: readonly string[]): string {
    return `arn:${this.partition}:${this.service}:${this.region}:${this.account}:${resource.join(":")}`;
  }

  as(principal: Principal, calledVia?: string): Context {
    return this.like({ principal, ...(calledVia ? { calledVia } : {}) });
  }

  in(region: string): Context {
    return this.like({ region });
  }

  beginTrace(): string {
    const traceId = this.caller.traceId ?? newTraceId(this.parts.ids, this.parts.clock.now());
    if (traceId !== this.caller.traceId) this.caller = callerLike(this.caller, { traceId });
    return traceId;
  }

  beginPart(): string {
    this.segment = segmentOf(this.requestId);
    const traceId = this.beginTrace();
    const { record } = this;
    if (record) {
      record.traceId = traceId;
      record.segment = this.segment;
      this.parts.onPart?.(record);
    }
    return within(traceId, this.segment);
  }

  noteFailure(error: Error): void {
    if (this.record) this.record.error = error;
  }

  traced(traceId: string | undefined): Context {
    return traceId === undefined ? this : this.like({ traceId });
  }

  until(signal: AbortSignal): Context {
    return this.like({ signal: AbortSignal.any([this.signal, signal]) });
  }

  async authorize(requests: readonly AuthorizationRequest[]): Promise<void> {
    await this.parts.authorizer.authorize(this, requests);
  }

  private like(change: Partial<Caller>): Context {
    return new CallContext(callerLike(this.caller, change), this.service, this.parts);
  }
}

/** A caller that differs from another in something. Members are named, for a caller may make some when they are asked for. */
const callerLike = (caller: Caller, change: Partial<Caller>): Caller => ({
  principal: caller.principal,
  region: caller.region,
  requestId: caller.requestId,
  signal: caller.signal,
  sourceIp: caller.sourceIp,
  userAgent: caller.userAgent,
  calledVia: caller.calledVia,
  traceId: caller.traceId,
  ...change,
});
