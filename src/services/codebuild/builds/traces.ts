import { namedError } from "../../../kernel/errors.ts";
import { segmentOf, within } from "../../../kernel/traceId.ts";
import type { BuildRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { SERVICE_PRINCIPAL } from "./serviceRole.ts";

const segmentOfBuild = ({ id }: BuildRecord): string => segmentOf(id.split(":")[1] ?? id);

/** The trace of what a build calls; none of one that an earlier version of aloft recorded. */
export const traceWithin = (build: BuildRecord): { readonly traceId?: string } =>
  build.traceId === undefined ? {} : { traceId: within(build.traceId, segmentOfBuild(build)) };

/** Gives a build that has ended its bar in its trace. */
export const tellTrace = ({ deps }: Room, build: BuildRecord): void => {
  const { traceId, projectName, arn, id, startTime, state } = build;
  if (traceId === undefined) return;
  deps.served({
    service: "codebuild",
    operation: `Build of ${projectName}`,
    resource: arn,
    principal: { kind: "service", account: deps.account, service: SERVICE_PRINCIPAL },
    requestId: id,
    traceId,
    segment: segmentOfBuild(build),
    startedAt: startTime,
    ...(state.status === "SUCCEEDED"
      ? {}
      : { error: namedError("BuildFailed", `The build ended as ${state.status}.`) }),
  });
};
