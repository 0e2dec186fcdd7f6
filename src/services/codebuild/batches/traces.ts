import { namedError } from "../../../kernel/errors.ts";
import { SERVICE_PRINCIPAL } from "../builds/serviceRole.ts";
import { segmentOfBuild } from "../builds/traces.ts";
import type { Room } from "../room.ts";
import type { BatchRecord } from "./records.ts";

/** Gives a batch its bar in its trace: when it begins, and when it has ended. */
export const tellBatchTrace = (
  { deps }: Room,
  { traceId, projectName, arn, id, startTime, state }: BatchRecord,
): void => {
  if (traceId === undefined) return;
  const part = {
    service: "codebuild",
    operation: `Batch of ${projectName}`,
    resource: arn,
    principal: { kind: "service", account: deps.account, service: SERVICE_PRINCIPAL },
    requestId: id,
    traceId,
    segment: segmentOfBuild(id),
    startedAt: startTime,
  } as const;
  if (state.status === "IN_PROGRESS") deps.begun(part);
  else if (state.status === "SUCCEEDED") deps.served(part);
  else deps.served({ ...part, error: namedError("BatchFailed", `The batch ended as ${state.status}.`) });
};
