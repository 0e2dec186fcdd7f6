import { namedError } from "../../../kernel/errors.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import { isSampled, segmentOfNamed, within } from "../../../kernel/traceId.ts";
import { executionArn } from "../arns.ts";
import type { ExecutionRecord } from "../records.ts";

export const SERVICE = "states.amazonaws.com";

/** The trace of what an execution calls; those of earlier versions have none. */
export const traceWithin = (execution: ExecutionRecord): string | undefined =>
  execution.traceId && within(execution.traceId, segmentOfNamed(execution.id));

/** Whether X-Ray is told of an execution. */
export const isTold = ({ traceId }: ExecutionRecord): boolean => traceId !== undefined && isSampled(traceId) === true;

/** Gives an execution its bar in its trace: when it begins or is taken up again, and when it has ended. */
export const tellTrace = ({ deps }: { readonly deps: RoomDeps }, execution: ExecutionRecord): void => {
  const { traceId, machine, name, startedAt, status, outcome } = execution;
  if (traceId === undefined) return;
  const failure = outcome && "error" in outcome ? outcome : undefined;
  const part = {
    service: "states",
    operation: `Execution of ${machine}`,
    resource: executionArn(deps, execution),
    principal: { kind: "service", account: deps.account, service: SERVICE },
    requestId: name,
    traceId,
    segment: segmentOfNamed(execution.id),
    startedAt,
  } as const;
  if (status === "RUNNING") deps.begun(part);
  else deps.served({ ...part, ...(failure ? { error: namedError(failure.error, failure.cause ?? status) } : {}) });
};
