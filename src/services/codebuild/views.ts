import type { Build, BuildPhase, Project, Webhook } from "@aws-sdk/client-codebuild";
import type { Phase } from "../../engines/build/phases.ts";
import { currentPhase } from "../../engines/build/state.ts";
import type { Answer } from "../../kernel/aws.ts";
import { badgeUrl } from "./badge/address.ts";
import { artifactBucket, artifactKey } from "./builds/artifactPlace.ts";
import { s3LogPlace } from "./builds/s3LogPlace.ts";
import { secondaryVersionsOf, sourceVersionOf } from "./builds/sourceVersion.ts";
import { withDefaults } from "./defaults.ts";
import type { BuildRecord, LogPlace, ProjectRecord, ProjectSettings, WebhookRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A project as CreateProject, UpdateProject and BatchGetProjects show it. */
export const projectView = (project: ProjectRecord, { deps }: Pick<Room, "deps">): Answer<Project> => ({
  name: project.name,
  arn: project.arn,
  ...withDefaults(project.settings, project.arn, deps.region),
  badge: project.settings.badgeEnabled
    ? {
        badgeEnabled: true,
        badgeRequestUrl: badgeUrl(deps.endpoint(), deps.cipher, {
          account: deps.account,
          region: deps.region,
          projectName: project.name,
        }),
      }
    : { badgeEnabled: false },
  tags: project.tags.map(({ key, value }) => ({ key, value })),
  created: new Date(project.createdAt),
  lastModified: new Date(project.modifiedAt),
  projectVisibility: "PRIVATE",
  ...(project.webhook ? { webhook: webhookView(project, project.webhook, deps.region) } : {}),
});

/** A webhook as CreateWebhook and BatchGetProjects show it; the secret, which GitHub would sign with, nobody needs here. */
export const webhookView = (project: ProjectRecord, webhook: WebhookRecord, region: string): Answer<Webhook> => ({
  url: `${(project.settings.source.location ?? "").replace("github.com/", "api.github.com/repos/").replace(/\.git$/, "")}/hooks/${webhook.number}`,
  payloadUrl: `https://codebuild.${region}.amazonaws.com/webhooks?t=${webhook.number}&v=1`,
  filterGroups: webhook.filterGroups.map((group) =>
    group.map((filter) => ({ excludeMatchedPattern: false, ...filter })),
  ),
  branchFilter: webhook.branchFilter,
  buildType: webhook.buildType ?? "BUILD",
  pullRequestBuildPolicy: webhook.pullRequestBuildPolicy,
  lastModifiedSecret: new Date(webhook.secretAt ?? webhook.createdAt),
  status: "ACTIVE",
});

/** A build as StartBuild and BatchGetBuilds show it. */
export const buildView = (build: BuildRecord, region: string): Answer<Build> => {
  const { settings, state } = build;
  const {
    badgeEnabled: _badge,
    description: _text,
    concurrentBuildLimit: _limit,
    ...shown
  } = withDefaults(settings, build.arn, region);
  const exported = Object.entries(build.exportedVariables).map(([name, value]) => ({ name, value }));
  return {
    id: build.id,
    arn: build.arn,
    buildNumber: build.number,
    projectName: build.projectName,
    startTime: new Date(build.startTime),
    ...(state.status === "IN_PROGRESS" ? {} : { endTime: new Date(state.endTime) }),
    currentPhase: currentPhase(state),
    buildStatus: state.status,
    buildComplete: state.status !== "IN_PROGRESS",
    initiator: build.initiator,
    source: sourceView(shown.source),
    secondarySources: shown.secondarySources.map(sourceView),
    sourceVersion: sourceVersionOf(settings, build.arn),
    secondarySourceVersions: secondaryVersionsOf(settings, build.arn),
    resolvedSourceVersion: build.resolvedSourceVersion,
    artifacts: artifactView(build, shown.artifacts),
    secondaryArtifacts: shown.secondaryArtifacts.map((each) => artifactView(build, each)),
    ...autoRetryView(build),
    reportArns: [...(build.reportArns ?? [])],
    ...(build.batch ? { buildBatchArn: build.batch.arn } : {}),
    cache: shown.cache,
    environment: shown.environment,
    serviceRole: settings.serviceRole,
    timeoutInMinutes: shown.timeoutInMinutes,
    queuedTimeoutInMinutes: shown.queuedTimeoutInMinutes,
    encryptionKey: shown.encryptionKey,
    logs: logsView(build, region),
    phases: state.phases.flatMap(phaseView),
    exportedEnvironmentVariables: exported,
    vpcConfig: settings.vpcConfig,
    fileSystemLocations: settings.fileSystemLocations,
  };
};

/** AWS: where a pipeline keeps its artifact is told as the source's version. */
export const sourceView = (source: ProjectSettings["source"]): ProjectSettings["source"] => {
  if (source.type !== "CODEPIPELINE") return source;
  const { location: _location, ...rest } = source;
  return rest;
};

/** AWS: where an artifact goes is told before it is there. */
const artifactView = (build: BuildRecord, wish: ProjectSettings["artifacts"]) => {
  const { artifactIdentifier: identifier = "", overrideArtifactName, encryptionDisabled, bucketOwnerAccess } = wish;
  const partition = build.arn.split(":")[1];
  const planned = wish.type === "S3" ? `arn:${partition}:s3:::${artifactBucket(wish)}/${artifactKey(build, wish)}` : "";
  return {
    location: build.artifactLocations[identifier] ?? planned,
    ...build.artifactDigests?.[identifier],
    overrideArtifactName,
    encryptionDisabled,
    bucketOwnerAccess,
    ...(identifier === "" ? {} : { artifactIdentifier: identifier }),
  };
};

/** How often a build that failed may start anew: as its project or its buildspec says, whichever is more. */
export const autoRetryLimit = ({ settings, retryLimit }: BuildRecord): number =>
  Math.max(settings.autoRetryLimit ?? 0, retryLimit ?? 0);

const autoRetryView = (build: BuildRecord) =>
  build.settings.autoRetryLimit === undefined && build.autoRetry === undefined
    ? {}
    : {
        autoRetryConfig: {
          autoRetryLimit: autoRetryLimit(build),
          autoRetryNumber: build.autoRetry?.number ?? 0,
          nextAutoRetry: build.autoRetry?.next,
          previousAutoRetry: build.autoRetry?.previous,
        },
      };

/** Builds never run as sandboxes. */
const phaseView = ({ type, ...phase }: Phase): Answer<BuildPhase>[] =>
  type === "RUN_SANDBOX" ? [] : [{ phaseType: type, ...phaseTimesView({ type, ...phase }) }];

/** AWS: a phase under way has no status yet. */
export const phaseTimesView = ({ startTime, end }: Phase) => ({
  startTime: new Date(startTime),
  ...(end
    ? {
        phaseStatus: end.status,
        endTime: new Date(end.time),
        durationInSeconds: Math.round((end.time - startTime) / 1000),
        ...(end.contexts ? { contexts: end.contexts.map((context) => ({ ...context })) } : {}),
      }
    : {}),
});

export const logsView = ({ log, settings, arn }: BuildRecord, region: string) => ({
  ...(log ? { groupName: log.groupName, streamName: log.streamName, deepLink: deepLink(log, region) } : {}),
  ...(log ? { cloudWatchLogsArn: logStreamArn(log, arn, region) } : {}),
  cloudWatchLogs: {
    status: log ? ("ENABLED" as const) : ("DISABLED" as const),
    ...settings.logsConfig?.cloudWatchLogs,
  },
  s3Logs: { status: "DISABLED" as const, encryptionDisabled: false, ...settings.logsConfig?.s3Logs },
  ...s3LogView(settings, arn, region),
});

const s3LogView = (settings: ProjectSettings, arn: string, region: string) => {
  const place = s3LogPlace(settings, arn.split(":").at(-1) ?? "");
  if (!place) return {};
  return {
    s3LogsArn: `arn:${arn.split(":")[1]}:s3:::${place.bucket}/${place.key}`,
    s3DeepLink: `https://s3.console.aws.amazon.com/s3/object/${place.bucket}/${place.key}?region=${region}`,
  };
};

const logStreamArn = ({ groupName, streamName }: LogPlace, arn: string, region: string): string => {
  const [, partition, , , account] = arn.split(":");
  return `arn:${partition}:logs:${region}:${account}:log-group:${groupName}:log-stream:${streamName}`;
};

/** The console escapes names twice, with `$` for `%`. */
export const deepLink = ({ groupName, streamName }: LogPlace, region: string): string => {
  const escaped = (name: string) => encodeURIComponent(encodeURIComponent(name)).replaceAll("%", "$");
  return `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${escaped(groupName)}/log-events/${escaped(streamName)}`;
};
