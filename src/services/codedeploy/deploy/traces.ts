import { namedError } from "../../../kernel/errors.ts";
import { segmentOfNamed, within } from "../../../kernel/traceId.ts";
import { groupArn } from "../arns.ts";
import { type DeploymentRecord, isActive } from "../records.ts";
import { SERVICE_PRINCIPAL } from "../role.ts";
import type { Room } from "../room.ts";

/** The trace of what a deployment calls. */
export const traceWithin = (deployment: DeploymentRecord): string | undefined =>
  deployment.traceId && within(deployment.traceId, segmentOfNamed(deployment.id));

/** Gives a deployment its bar in its trace: when it begins or is taken up again, and when it has ended. */
export const tellTrace = ({ deps }: Room, deployment: DeploymentRecord): void => {
  const { id, application, group, traceId, createdAt, error } = deployment;
  if (traceId === undefined) return;
  const part = {
    service: "codedeploy",
    operation: `Deployment ${id}`,
    resource: groupArn(deps, application, group),
    principal: { kind: "service", account: deps.account, service: SERVICE_PRINCIPAL },
    requestId: id,
    traceId,
    segment: segmentOfNamed(deployment.id),
    startedAt: createdAt,
  } as const;
  if (isActive(deployment)) deps.begun(part);
  else deps.served({ ...part, ...(error ? { error: namedError(error.code, error.message) } : {}) });
};
