import type * as sdk from "@aws-sdk/client-codebuild";
import type { InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { overridden } from "../builds/overridden.ts";
import { initiatorOf, type PushedBuild } from "../builds/submit.ts";
import { tellTrace } from "../builds/traces.ts";
import { invalidInput } from "../errors.ts";
import type { ProjectRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { checkFleetOf, refuseUnbuilt, roleArn } from "../settings.ts";
import type { BatchRecord } from "./records.ts";
import { runBatch } from "./run.ts";
import { submitBatchState } from "./state.ts";

/** Records a new batch and sets it going. */
export const submitBatch = (
  room: Room,
  ctx: Context,
  project: ProjectRecord,
  request: InputOf<typeof sdk, "StartBuildBatch">,
  push?: PushedBuild,
): BatchRecord => {
  const { buildTimeoutInMinutesOverride, buildBatchConfigOverride, reportBuildBatchStatusOverride, ...same } = request;
  const config = { ...project.settings.buildBatchConfig, ...buildBatchConfigOverride };
  if (!config.serviceRole) throw invalidInput("Batch service role is required to start a build batch");
  const settings = overridden(
    project.settings,
    {
      ...same,
      timeoutInMinutesOverride: buildTimeoutInMinutesOverride,
      reportBuildStatusOverride: reportBuildBatchStatusOverride,
    },
    ctx,
  );
  refuseUnbuilt(settings);
  checkFleetOf(room, settings);
  if (settings.source.type === "CODEPIPELINE" && !settings.source.location)
    throw invalidInput(
      `Source location must be overridden to start a build batch of ${project.name}: its source type is CODEPIPELINE`,
    );
  if (request.debugSessionEnabled) throw invalidInput("Debug sessions are not available: builds run on this machine");
  const uuid = room.ids.uuid();
  const now = room.clock.now();
  const batch: BatchRecord = {
    id: `${project.name}:${uuid}`,
    arn: ctx.arn(`build-batch/${project.name}`, uuid),
    number: room.batches.nextNumber(project.name),
    projectName: project.name,
    initiator: push?.initiator ?? initiatorOf(ctx),
    startTime: now,
    traceId: ctx.beginTrace(),
    settings,
    config: { ...config, serviceRole: roleArn(ctx, config.serviceRole) },
    request,
    state: submitBatchState(now),
    groups: [],
    fastFail: false,
    isFanout: false,
    ...(push ? { webhookVariables: push.variables } : {}),
  };
  room.batches.put(batch);
  tellTrace(room, "Batch", batch);
  runBatch(room, batch);
  return batch;
};
