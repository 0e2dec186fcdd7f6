import { namedError } from "../../../kernel/errors.ts";
import { type Principal, tracedSession, traceOfSession } from "../../../kernel/principal.ts";
import type { Begun } from "../../../kernel/served.ts";
import { segmentOf, within } from "../../../kernel/traceId.ts";
import type { RunningOperation, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { SERVICE } from "./principal.ts";

const segmentIn = ({ operationId, id }: RunningOperation): string => segmentOf(operationId ?? id);

/** Who an operation's resources are made as: what it calls lies within the operation's part of the trace. */
export const principalWithin = (operation: RunningOperation): Principal => {
  const { principal } = operation;
  const traceId = traceOfSession(principal);
  return tracedSession(principal, traceId && within(traceId, segmentIn(operation)));
};

/** An operation as a part of the trace of what asked for it, such as a pipeline's run; none where nothing did. */
const partOf = (
  { deps }: Room,
  { stackId, stackName }: StackRecord,
  operation: RunningOperation,
): Begun | undefined => {
  const traceId = traceOfSession(operation.principal);
  return traceId === undefined
    ? undefined
    : {
        service: "cloudformation",
        operation: `${operation.kind} of ${stackName}`,
        resource: stackId,
        principal: { kind: "service", account: deps.account, service: SERVICE },
        requestId: operation.operationId ?? operation.id,
        traceId,
        segment: segmentIn(operation),
        startedAt: operation.startedAt,
      };
};

/** Gives an operation that begins, or is taken up again, its bar in its trace. */
export const tellBegun = (room: Room, stack: StackRecord, operation: RunningOperation): void => {
  const part = partOf(room, stack, operation);
  if (part) room.deps.begun(part);
};

/** The same once it has ended. */
export const tellEnded = (room: Room, stack: StackRecord, operation: RunningOperation): void => {
  const part = partOf(room, stack, operation);
  const { status = "DELETE_COMPLETE", statusReason = "" } = room.tables.stacks.get(stack.stackId) ?? {};
  const failed = /ROLLBACK|FAILED/.test(status);
  if (part) room.deps.served({ ...part, ...(failed ? { error: namedError(status, statusReason) } : {}) });
};
