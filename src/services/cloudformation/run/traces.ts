import { namedError } from "../../../kernel/errors.ts";
import { type Principal, tracedSession, traceOfSession } from "../../../kernel/principal.ts";
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

/** Gives an operation that has ended its bar in the trace of what asked for it, such as a pipeline's run. */
export const tellTrace = (room: Room, { stackId, stackName }: StackRecord, operation: RunningOperation): void => {
  const traceId = traceOfSession(operation.principal);
  if (traceId === undefined) return;
  const { status = "DELETE_COMPLETE", statusReason = "" } = room.tables.stacks.get(stackId) ?? {};
  const failed = /ROLLBACK|FAILED/.test(status);
  room.deps.served({
    service: "cloudformation",
    operation: `${operation.kind} of ${stackName}`,
    resource: stackId,
    principal: { kind: "service", account: room.deps.account, service: SERVICE },
    requestId: operation.operationId ?? operation.id,
    traceId,
    segment: segmentIn(operation),
    startedAt: operation.startedAt,
    ...(failed ? { error: namedError(status, statusReason) } : {}),
  });
};
