import { partitionOf } from "./arn.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import type { Authorizer } from "./authorizer.ts";
import type { ServiceName } from "./aws.ts";
import type { Clock } from "./clock.ts";
import type { Call, Context } from "./context.ts";
import { NotImplemented } from "./errors.ts";
import type { Ids } from "./ids.ts";
import type { Principal } from "./principal.ts";
import type { AnyService, Rooms } from "./rooms.ts";

/** Where a call comes from. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  readonly calledVia?: string;
  /** `X-Amzn-Trace-Id`, as it came: what belongs together. */
  readonly traceId?: string;
}

/** One finished call, for the call log. */
export interface CallRecord {
  readonly service: string;
  readonly operation: string;
  readonly principal: Principal;
  readonly region: string;
  readonly requestId: string;
  readonly userAgent?: string;
  readonly calledVia?: string;
  readonly traceId?: string;
  /** Milliseconds since the epoch, in the cloud's time. */
  readonly startedAt: number;
  /** When it ended. */
  time: number;
  error?: unknown;
  /** What it had to be allowed; absent when it failed before that was asked. */
  required?: readonly AuthorizationRequest[];
}

/** The one way in: every call, from a socket or from another service, runs here. */
export interface Dispatch {
  /** Validates, authorizes, runs, and answers once what was written is durable. */
  run(caller: Caller, service: ServiceName, operation: string, input: unknown): Promise<unknown>;
  /** The same for an input that is known to satisfy the operation's model. */
  runChecked(caller: Caller, service: ServiceName, operation: string, input: unknown): Promise<unknown>;
  /** The context in which a caller's operation runs. */
  contextOf(caller: Caller, service: ServiceName): Context;
}

export interface DispatchParts {
  readonly rooms: Rooms;
  readonly authorizer: Authorizer;
  /** Throws AWS's validation error when the input breaks the operation's model. */
  readonly validate: (service: AnyService, operation: string, input: unknown) => void;
  /** Resolves when everything written so far survives a crash. */
  readonly committed: () => Promise<void>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly onCall?: (call: CallRecord) => void;
}

export const createDispatch = (parts: DispatchParts): Dispatch => {
  const runIn = async (caller: Caller, asked: Asked): Promise<unknown> => {
    const ctx = contextOf(caller, asked.name);
    if (!parts.onCall) return runOperation(parts, ctx, asked);
    const call = callRecord(caller, asked.name, asked.operation, parts.clock.now());
    try {
      return await runOperation(parts, ctx, asked, call);
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      call.time = parts.clock.now();
      parts.onCall(call);
    }
  };
  const run: Dispatch["run"] = (caller, name, operation, input) =>
    runIn(caller, { name, operation, input, checked: false });
  const contextOf = (caller: Caller, service: ServiceName) => createContext(caller, service, run, parts);
  return {
    run,
    runChecked: (caller, name, operation, input) => runIn(caller, { name, operation, input, checked: true }),
    contextOf,
  };
};

interface Asked {
  readonly name: ServiceName;
  readonly operation: string;
  readonly input: unknown;
  /** Whether the input is known to satisfy the operation's model. */
  readonly checked: boolean;
}

const runOperation = async (
  parts: DispatchParts,
  ctx: Context,
  { name, operation, input, checked }: Asked,
  call?: CallRecord,
): Promise<unknown> => {
  const { rooms } = parts;
  const open = rooms.peek(name, ctx.account, ctx.region) ?? (await rooms.open(name, ctx.account, ctx.region));
  const run = open?.room.operation(operation);
  if (!open || !run) throw new NotImplemented(`${name}:${operation}`);
  // AWS answers a malformed request before it looks at permissions.
  if (!checked) parts.validate(open.service, operation, input);
  const required = open.room.authorizationOf(ctx, operation, input);
  if (call) call.required = required;
  const decision = parts.authorizer.authorize(ctx, required);
  if (decision) await decision;
  const output = await run(ctx, input);
  await parts.committed();
  return output;
};

const createContext = (
  caller: Caller,
  service: ServiceName,
  run: Dispatch["run"],
  parts: Pick<DispatchParts, "ids" | "authorizer">,
): Context => {
  const { principal, region, requestId, sourceIp, userAgent, calledVia, traceId } = caller;
  const { account } = principal;
  const partition = partitionOf(region);
  // The operation's output is what its type says; the dispatcher itself knows no operation.
  const call = ((to: ServiceName, operation: string, input: unknown) =>
    run({ ...caller, requestId: parts.ids.uuid() }, to, operation, input)) as Call;
  const context: Context = {
    principal,
    account,
    region,
    partition,
    service,
    requestId,
    // Made when it is asked for: few operations wait for anything.
    get signal() {
      return caller.signal;
    },
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(calledVia === undefined ? {} : { calledVia }),
    ...(traceId === undefined ? {} : { traceId }),
    call,
    arn: (...resource) => `arn:${partition}:${service}:${region}:${account}:${resource.join(":")}`,
    as: (other, via) =>
      createContext({ ...caller, principal: other, ...(via ? { calledVia: via } : {}) }, service, run, parts),
    traced: (trace) =>
      trace === undefined ? context : createContext({ ...caller, traceId: trace }, service, run, parts),
    until: (signal) =>
      createContext({ ...caller, signal: AbortSignal.any([caller.signal, signal]) }, service, run, parts),
    authorize: async (requests) => parts.authorizer.authorize(context, requests),
  };
  return context;
};

const callRecord = (caller: Caller, service: ServiceName, operation: string, now: number): CallRecord => ({
  service,
  operation,
  principal: caller.principal,
  region: caller.region,
  requestId: caller.requestId,
  ...(caller.userAgent ? { userAgent: caller.userAgent } : {}),
  ...(caller.calledVia ? { calledVia: caller.calledVia } : {}),
  ...(caller.traceId ? { traceId: caller.traceId } : {}),
  startedAt: now,
  time: now,
});
