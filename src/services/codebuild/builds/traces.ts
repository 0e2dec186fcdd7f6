import { namedError } from "../../../kernel/errors.ts";
import { segmentOf, within } from "../../../kernel/traceId.ts";
import type { Room } from "../room.ts";
import { SERVICE_PRINCIPAL } from "./serviceRole.ts";

/** The part of its trace that a build or a batch is, by its id. */
export const segmentOfBuild = (id: string): string => segmentOf(id.split(":")[1] ?? id);

/** The trace of what a build or a batch calls; none of one that an earlier version of aloft recorded. */
export const traceWithin = (traceId: string | undefined, id: string): { readonly traceId?: string } =>
  traceId === undefined ? {} : { traceId: within(traceId, segmentOfBuild(id)) };

/** What of a build or a batch its bar is made of. */
interface Traced {
  readonly traceId?: string | undefined;
  readonly projectName: string;
  readonly arn: string;
  readonly id: string;
  readonly startTime: number;
  readonly state: { readonly status?: string | undefined };
}

/** Gives a build or a batch its bar in its trace: when it begins, and when it has ended. */
export const tellTrace = ({ deps }: Room, kind: "Build" | "Batch", traced: Traced): void => {
  const { traceId, projectName, arn, id, startTime, state } = traced;
  if (traceId === undefined) return;
  const part = {
    service: "codebuild",
    operation: `${kind} of ${projectName}`,
    resource: arn,
    principal: { kind: "service", account: deps.account, service: SERVICE_PRINCIPAL },
    requestId: id,
    traceId,
    segment: segmentOfBuild(id),
    startedAt: startTime,
  } as const;
  if (state.status === "IN_PROGRESS") deps.begun(part);
  else if (state.status === "SUCCEEDED") deps.served(part);
  else
    deps.served({ ...part, error: namedError(`${kind}Failed`, `The ${kind.toLowerCase()} ended as ${state.status}.`) });
};
