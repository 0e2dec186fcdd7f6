import { namedError } from "../../../kernel/errors.ts";
import { segmentOfNamed, within } from "../../../kernel/traceId.ts";
import { executionArn } from "../arns.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Room } from "../room.ts";

export const SERVICE = "states.amazonaws.com";

/** The trace of what an execution calls; those of earlier versions have none. */
export const traceWithin = (execution: ExecutionRecord): string | undefined =>
  execution.traceId && within(execution.traceId, segmentOfNamed(execution.id));

/** Gives an execution that has ended its bar in its trace. */
export const tellTrace = ({ deps }: Room, execution: ExecutionRecord): void => {
  const { traceId, machine, name, startedAt, status, outcome } = execution;
  if (traceId === undefined) return;
  const failure = outcome && "error" in outcome ? outcome : undefined;
  deps.served({
    service: "states",
    operation: `Execution of ${machine}`,
    resource: executionArn(deps, execution),
    principal: { kind: "service", account: deps.account, service: SERVICE },
    requestId: name,
    traceId,
    segment: segmentOfNamed(execution.id),
    startedAt,
    ...(failure ? { error: namedError(failure.error, failure.cause ?? status) } : {}),
  });
};
