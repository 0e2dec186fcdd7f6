import { createHash } from "node:crypto";
import { within } from "../../../kernel/traceId.ts";
import { groupArn } from "../arns.ts";
import type { DeploymentRecord } from "../records.ts";
import { SERVICE_PRINCIPAL } from "../role.ts";
import type { Room } from "../room.ts";

/** A deployment's id is shorter than a segment's. */
const segmentOf = ({ id }: DeploymentRecord): string => createHash("sha256").update(id).digest("hex").slice(0, 16);

/** The trace of what a deployment calls. */
export const traceWithin = (deployment: DeploymentRecord): string | undefined =>
  deployment.traceId && within(deployment.traceId, segmentOf(deployment));

/** Gives a deployment that has ended its bar in its trace. */
export const tellTrace = ({ deps }: Room, deployment: DeploymentRecord): void => {
  const { id, application, group, traceId, createdAt, error } = deployment;
  if (traceId === undefined) return;
  deps.served({
    service: "codedeploy",
    operation: `Deployment ${id}`,
    resource: groupArn(deps, application, group),
    principal: { kind: "service", account: deps.account, service: SERVICE_PRINCIPAL },
    requestId: id,
    traceId,
    segment: segmentOf(deployment),
    startedAt: createdAt,
    ...(error ? { error: Object.assign(new Error(error.message), { name: error.code }) } : {}),
  });
};
