import type { BuildBatch, BuildBatchPhase, BuildGroup, BuildSummary } from "@aws-sdk/client-codebuild";
import type { Answer } from "../../../kernel/aws.ts";
import { secondaryVersionsOf, sourceVersionOf } from "../builds/sourceVersion.ts";
import { withDefaults } from "../defaults.ts";
import type { Room } from "../room.ts";
import { sourceView } from "../views.ts";
import type { BatchGroup, BatchPhase, BatchRecord, GroupBuild } from "./records.ts";
import { currentBatchPhase } from "./state.ts";

type Parts = Pick<Room, "builds">;

/** A batch as StartBuildBatch and BatchGetBuildBatches show it. */
export const batchView = (room: Parts, batch: BatchRecord, region: string): Answer<BuildBatch> => {
  const { settings, state } = batch;
  const shown = withDefaults(settings, batch.arn, region);
  return {
    id: batch.id,
    arn: batch.arn,
    startTime: new Date(batch.startTime),
    ...(state.endTime === undefined ? {} : { endTime: new Date(state.endTime) }),
    currentPhase: currentBatchPhase(state),
    buildBatchStatus: state.status,
    sourceVersion: sourceVersionOf(settings, batch.arn),
    resolvedSourceVersion: batch.resolvedSourceVersion,
    projectName: batch.projectName,
    phases: state.phases.map(phaseView),
    source: sourceView(shown.source),
    secondarySources: shown.secondarySources.map(sourceView),
    secondarySourceVersions: secondaryVersionsOf(settings, batch.arn),
    artifacts: { location: batch.artifactLocations?.[""] ?? "" },
    secondaryArtifacts: (settings.secondaryArtifacts ?? []).map(({ artifactIdentifier = "" }) => ({
      artifactIdentifier,
      location: batch.artifactLocations?.[artifactIdentifier] ?? "",
    })),
    cache: shown.cache,
    environment: shown.environment,
    serviceRole: settings.serviceRole,
    logConfig: settings.logsConfig,
    buildTimeoutInMinutes: shown.timeoutInMinutes,
    queuedTimeoutInMinutes: shown.queuedTimeoutInMinutes,
    complete: state.status !== "IN_PROGRESS",
    initiator: batch.initiator,
    encryptionKey: shown.encryptionKey,
    buildBatchNumber: batch.number,
    buildBatchConfig: batch.config,
    buildGroups: batch.groups.map((group) => groupView(room, batch, group)),
    reportArns: batch.groups.flatMap(({ current }) => [
      ...((current && room.builds.get(current.id)?.reportArns) ?? []),
    ]),
  };
};

const phaseView = ({ type, startTime, end }: BatchPhase): Answer<BuildBatchPhase> => ({
  phaseType: type,
  phaseStatus: end?.status ?? "IN_PROGRESS",
  startTime: new Date(startTime),
  ...(end ? { endTime: new Date(end.time), durationInSeconds: Math.round((end.time - startTime) / 1000) } : {}),
  ...(end?.context ? { contexts: [{ ...end.context }] } : {}),
});

const groupView = (room: Parts, batch: BatchRecord, { task, current, prior }: BatchGroup): Answer<BuildGroup> => ({
  identifier: task.identifier,
  dependsOn: [...task.dependsOn],
  ignoreFailure: task.ignoreFailure,
  ...(current ? { currentBuildSummary: summaryView(room, batch, current) } : {}),
  ...(prior.length > 0 ? { priorBuildSummaryList: prior.map((build) => summaryView(room, batch, build)) } : {}),
});

const summaryView = (
  { builds }: Parts,
  { arn }: BatchRecord,
  { id, requestedOn, status }: GroupBuild,
): Answer<BuildSummary> => {
  const build = builds.get(id);
  const located = Object.entries(build?.artifactLocations ?? {});
  const typeOf = (identifier: string) =>
    identifier === ""
      ? build?.settings.artifacts.type
      : build?.settings.secondaryArtifacts?.find(({ artifactIdentifier }) => artifactIdentifier === identifier)?.type;
  const primary = located.find(([identifier]) => identifier === "");
  return {
    arn: build?.arn ?? arn.replace(/:build-batch\/.*$/, `:build/${id}`),
    requestedOn: new Date(requestedOn),
    buildStatus: build?.state.status ?? status,
    primaryArtifact: {
      type: build?.settings.artifacts.type ?? "NO_ARTIFACTS",
      ...(primary ? { location: primary[1] } : {}),
    },
    secondaryArtifacts: located
      .filter(([identifier]) => identifier !== "")
      .map(([identifier, location]) => ({ identifier, location, type: typeOf(identifier) ?? "S3" })),
  };
};
