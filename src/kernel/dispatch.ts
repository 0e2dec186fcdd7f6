import type { AuthorizationRequest } from "./authorization.ts";
import type { Authorizer } from "./authorizer.ts";
import type { ServiceName } from "./aws.ts";
import { CallContext, type Caller } from "./callContext.ts";
import { type CallRecord, callRecord } from "./callRecord.ts";
import type { Clock } from "./clock.ts";
import type { Context } from "./context.ts";
import { NotImplemented } from "./errors.ts";
import type { Ids } from "./ids.ts";
import { membersOf } from "./operation.ts";
import type { AnyService, Rooms } from "./rooms.ts";

/** The one way in: every call, from a socket or from another service, runs here. */
export interface Dispatch {
  /** Validates, authorizes, runs, and answers once what was written is durable. */
  run(caller: Caller, service: ServiceName, operation: string, input: unknown): Promise<unknown>;
  /** The same for the wire, to which an output may come encoded and which may know that an input satisfies its model. */
  answer(caller: Caller, asked: Asked): Promise<unknown>;
  /** The context in which a caller's operation runs. */
  contextOf(caller: Caller, service: ServiceName): Context;
}

export interface DispatchParts {
  readonly rooms: Rooms;
  readonly authorizer: Authorizer;
  /** Throws AWS's validation error when the input breaks the operation's model. */
  readonly validate: (service: AnyService, operation: string, input: unknown) => void;
  /** An input with the tokens that an SDK gives where its user gave none. */
  readonly withTokens: (service: AnyService, operation: string, input: unknown, token: string) => unknown;
  /** Resolves when everything written so far survives a crash. */
  readonly committed: () => Promise<void>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly onCall?: (call: CallRecord) => void;
  /** Hears of a call that has begun a part of a trace, before it has ended. */
  readonly onPart?: (call: CallRecord) => void;
}

export const createDispatch = (parts: DispatchParts): Dispatch => {
  const answer: Dispatch["answer"] = async (caller, asked) => {
    const ctx = contextOf(caller, asked.name);
    if (!parts.onCall) return runOperation(parts, ctx, asked);
    const call = callRecord(caller, asked.name, asked.operation, parts.clock.now());
    ctx.record = call;
    try {
      return await runOperation(parts, ctx, asked, call);
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      call.time = parts.clock.now();
      // The call may have begun a trace.
      call.traceId = ctx.traceId;
      call.segment = ctx.segment;
      parts.onCall(call);
    }
  };
  const run: Dispatch["run"] = async (caller, name, operation, input) =>
    membersOf(await answer(caller, { name, operation, input, checked: false, isWithin: true }));
  const { clock, ids, authorizer, onPart } = parts;
  const shared = { clock, ids, authorizer, run, onPart };
  const contextOf = (caller: Caller, service: ServiceName) => new CallContext(caller, service, shared);
  return { run, answer, contextOf };
};

/** One call of an operation. */
export interface Asked {
  readonly name: ServiceName;
  readonly operation: string;
  readonly input: unknown;
  /** Whether the input is known to satisfy the operation's model. */
  readonly checked: boolean;
  /** Whether the call comes from this process. AWS: services call one another through an SDK. */
  readonly isWithin?: boolean;
}

const runOperation = async (
  parts: DispatchParts,
  ctx: CallContext,
  { name, operation, input: given, checked, isWithin }: Asked,
  call?: CallRecord,
): Promise<unknown> => {
  const { rooms } = parts;
  const service = rooms.loaded(name) ?? (await rooms.load(name));
  ctx.owner = service?.ownerOf?.(operation, given);
  const open = rooms.peek(name, ctx.account, ctx.region) ?? (await rooms.open(name, ctx.account, ctx.region));
  const run = open?.room.operation(operation);
  if (!open || !run) throw new NotImplemented(`${name}:${operation}`);
  const input = isWithin ? parts.withTokens(open.service, operation, given, ctx.requestId) : given;
  // AWS answers a malformed request before it looks at permissions.
  if (!checked) parts.validate(open.service, operation, input);
  const required = open.room.authorizationOf(ctx, operation, input);
  if (call) call.required = shownOf(required);
  const decision = parts.authorizer.authorize(ctx, required);
  if (decision) await decision;
  const output = await run(ctx, input);
  await parts.committed();
  return output;
};

/** What the call log shows of it: policies and conditions may be large, and are read anew for each call. */
const shownOf = (required: readonly AuthorizationRequest[]): CallRecord["required"] =>
  required.some(({ conditions, resourcePolicy }) => conditions !== undefined || resourcePolicy !== undefined)
    ? required.map(({ action, resource }) => ({ action, resource }))
    : required;
