import { posix } from "node:path";
import type * as sdk from "@aws-sdk/client-codebuild";
import { ComputeType, EnvironmentType } from "@aws-sdk/client-codebuild";
import type { BatchTask } from "../../../engines/build/buildspec/types.ts";
import type { CallInputOf } from "../../../kernel/aws.ts";
import { known } from "../../../kernel/errors.ts";
import type { ServiceRole } from "../builds/serviceRole.ts";
import type { ProjectSettings } from "../records.ts";
import type { Room } from "../room.ts";
import { changeBatch } from "./change.ts";
import { BatchFailure } from "./failure.ts";
import type { BatchRecord } from "./records.ts";

/** Starts one build of a batch as the batch's role, and notes it in its group; gives its id. */
export const startTask = async (
  room: Room,
  { ctx }: ServiceRole,
  id: string,
  task: BatchTask,
  readsBatch: boolean,
): Promise<string> => {
  const batch = known(room.batches.get(id), `batch ${id}`);
  const token = room.ids.uuid();
  const index = batch.groups.slice(1).findIndex((group) => group.task.identifier === task.identifier);
  room.batchParts.set(token, {
    arn: batch.arn,
    identifier: task.identifier,
    readsBatch,
    ...(batch.webhookVariables ? { webhookVariables: batch.webhookVariables } : {}),
    ...(batch.isFanout && !readsBatch ? { shard: { index, count: batch.groups.length - 1 } } : {}),
  });
  try {
    const { build } = await ctx.call("codebuild", "StartBuild", {
      ...overridesOf(batch),
      ...taskOverrides(batch, task, readsBatch),
      projectName: batch.projectName,
      idempotencyToken: token,
    });
    const buildId = known(build?.id, "the build's id");
    const current = { id: buildId, requestedOn: room.clock.now(), status: "IN_PROGRESS" } as const;
    changeBatch(room, id, (now) => ({
      ...now,
      groups: now.groups.map((group) => (group.task.identifier === task.identifier ? { ...group, current } : group)),
    }));
    return buildId;
  } finally {
    room.batchParts.delete(token);
  }
};

type StartBuildInput = CallInputOf<typeof sdk, "StartBuild">;

/** What StartBuildBatch was given, in StartBuild's words. */
const overridesOf = ({ request, resolvedSourceVersion }: BatchRecord): Omit<StartBuildInput, "projectName"> => {
  const {
    projectName: _project,
    buildTimeoutInMinutesOverride,
    reportBuildBatchStatusOverride: _report,
    buildBatchConfigOverride: _config,
    idempotencyToken: _token,
    ...same
  } = request;
  return {
    ...structuredClone(same),
    ...(buildTimeoutInMinutesOverride === undefined ? {} : { timeoutInMinutesOverride: buildTimeoutInMinutesOverride }),
    // AWS: every build of a batch has the commit that the batch began with.
    ...(resolvedSourceVersion === undefined ? {} : { sourceVersion: resolvedSourceVersion }),
  };
};

const taskOverrides = (
  batch: BatchRecord,
  task: BatchTask,
  readsBatch: boolean,
): Partial<Omit<StartBuildInput, "projectName">> => ({
  ...(task.buildspec === undefined ? {} : { buildspecOverride: task.buildspec }),
  ...(task.image === undefined ? {} : { imageOverride: task.image }),
  ...(task.computeType === undefined
    ? {}
    : { computeTypeOverride: oneOf(ComputeType, task.computeType, "compute type") }),
  ...(task.environmentType === undefined
    ? {}
    : { environmentTypeOverride: oneOf(EnvironmentType, task.environmentType, "environment type") }),
  ...(task.privilegedMode === undefined ? {} : { privilegedModeOverride: task.privilegedMode }),
  environmentVariablesOverride: [
    ...(batch.request.environmentVariablesOverride ?? []).map((variable) => ({ ...variable })),
    ...Object.entries(task.variables).map(([name, value]) => ({ name, value, type: "PLAINTEXT" as const })),
  ],
  ...(readsBatch || !batch.config.combineArtifacts ? {} : partsOf(batch, task.identifier)),
});

/** Where one build of a batch leaves what is combined in the end. */
const partsOf = (batch: BatchRecord, identifier: string) => {
  const { artifacts, secondaryArtifacts } = batch.settings;
  return {
    artifactsOverride: partOf(batch, artifacts, identifier),
    ...(secondaryArtifacts
      ? { secondaryArtifactsOverride: secondaryArtifacts.map((artifact) => partOf(batch, artifact, identifier)) }
      : {}),
  };
};

const partOf = ({ id }: BatchRecord, artifacts: ProjectSettings["artifacts"], identifier: string) => {
  const name = artifacts.name ?? id.split(":")[0] ?? "";
  const namespace = artifacts.namespaceType === "BUILD_ID" ? (id.split(":")[1] ?? "") : "";
  return {
    ...artifacts,
    namespaceType: "NONE" as const,
    path: posix.join(artifacts.path ?? "", namespace),
    name: artifacts.type === "NO_ARTIFACTS" ? name : posix.join(name, identifier),
    overrideArtifactName: false,
  };
};

const oneOf = <T extends string>(known: Readonly<Record<string, T>>, text: string, kind: string): T => {
  const value = Object.values(known).find((each) => each === text);
  if (value === undefined) throw new BatchFailure("FAILED", "CLIENT_ERROR", `Invalid ${kind} in the batch: ${text}`);
  return value;
};
