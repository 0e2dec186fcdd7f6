import { createHash } from "node:crypto";
import { within } from "../../../kernel/traceId.ts";
import { executionArn } from "../arns.ts";
import type { ExecutionRecord } from "../records.ts";
import type { Room } from "../room.ts";

export const SERVICE = "states.amazonaws.com";

/** Names of executions are their callers' own. */
const segmentOf = ({ id }: ExecutionRecord): string => createHash("sha256").update(id).digest("hex").slice(0, 16);

/** The trace of what an execution calls; those of earlier versions have none. */
export const traceWithin = (execution: ExecutionRecord): string | undefined =>
  execution.traceId && within(execution.traceId, segmentOf(execution));

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
    segment: segmentOf(execution),
    startedAt,
    ...(failure ? { error: Object.assign(new Error(failure.cause ?? status), { name: failure.error }) } : {}),
  });
};
