import { type BuildSource, type BuildSpec, buildspecLocation } from "../../../engines/build/spec.ts";
import { withDefaults } from "../defaults.ts";
import type { BuildRecord, ProjectSettings } from "../records.ts";

import { givenVersion, sourceVersionOf } from "./sourceVersion.ts";

/** A build as the engine runs it. */
export const specOf = (build: BuildRecord, region: string): BuildSpec => {
  const settings = withDefaults(build.settings, build.arn, region);
  const { source, artifacts, environment } = settings;
  return {
    id: build.id,
    arn: build.arn,
    number: build.number,
    projectName: build.projectName,
    projectArn: build.arn.replace(/:(?:build|sandbox)\/(.+):[^:]+$/, ":project/$1"),
    region,
    initiator: build.initiator,
    image: environment.image,
    encryptionKey: settings.encryptionKey,
    startTime: build.startTime,
    timeoutMs: settings.timeoutInMinutes * 60_000,
    buildspec: build.isSandbox ? NO_COMMANDS : buildspecLocation(source.buildspec),
    source: sourceOf(source, settings.sourceVersion, build.arn),
    secondarySources: settings.secondarySources.map((secondary) =>
      sourceOf(secondary, givenVersion(settings, secondary), build.arn),
    ),
    variables: environment.environmentVariables,
    ...(isWanted(artifacts) ? { artifacts: { overrideName: artifacts.overrideArtifactName ?? false } } : {}),
    secondaryArtifacts: settings.secondaryArtifacts.map(
      ({ artifactIdentifier = "", overrideArtifactName = false }) => ({
        identifier: artifactIdentifier,
        overrideName: overrideArtifactName,
      }),
    ),
    readsBatch: build.batch?.readsBatch ?? false,
    cached: keepsPaths(settings.cache),
    ...(build.log ? { logPath: build.log.streamName } : {}),
    extraVariables: { ...build.webhookVariables, ...batchVariables(build) },
  };
};

/** AWS: a sandbox is there for commands from outside; whether there is a buildspec matters to nobody. */
const NO_COMMANDS = { kind: "inline", text: "version: 0.2\nphases:\n  build:\n    commands: []\n" } as const;

/** What a build of a batch is told of its place in it; `codebuild-tests-run` takes its share of the tests by the last two. */
const batchVariables = ({ batch }: BuildRecord): Record<string, string> => {
  if (!batch) return {};
  return {
    CODEBUILD_BATCH_BUILD_IDENTIFIER: batch.identifier,
    ...(batch.shard
      ? { ALOFT_SHARD_INDEX: String(batch.shard.index), ALOFT_SHARD_COUNT: String(batch.shard.count) }
      : {}),
  };
};

const sourceOf = (source: ProjectSettings["source"], given: string | undefined, arn: string): BuildSource => {
  const version = sourceVersionOf({ source, sourceVersion: given }, arn);
  return {
    type: source.type,
    ...(source.sourceIdentifier ? { identifier: source.sourceIdentifier } : {}),
    ...(source.location ? { location: source.location } : {}),
    ...(version ? { version } : {}),
    ...(given ? { revision: given } : {}),
  };
};

/** AWS: an action of a pipeline without an output artifact leaves what its buildspec names where it is. */
const isWanted = ({ type, location }: ProjectSettings["artifacts"]): boolean =>
  type !== "NO_ARTIFACTS" && (type !== "CODEPIPELINE" || Boolean(location));

/** AWS: of the local modes only this one keeps what a buildspec names. */
const keepsPaths = ({ type, modes }: NonNullable<ProjectSettings["cache"]>): boolean =>
  type === "S3" || (type === "LOCAL" && (modes === undefined || modes.includes("LOCAL_CUSTOM_CACHE")));
