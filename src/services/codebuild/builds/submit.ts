import type * as sdk from "@aws-sdk/client-codebuild";
import { submit } from "../../../engines/build/state.ts";
import type { InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { invalidInput } from "../errors.ts";
import type { BatchPart, BuildRecord, LogPlace, ProjectRecord, ProjectSettings, PushedVariables } from "../records.ts";
import type { Room } from "../room.ts";
import { checkFleetOf, checkSettings, refuseUnbuilt } from "../settings.ts";
import { autoRetryLimit } from "../views.ts";
import { announce } from "./announce.ts";
import { overridden } from "./overridden.ts";
import { runSubmitted } from "./run.ts";
import { tellTrace } from "./traces.ts";

type StartBuildInput = InputOf<typeof sdk, "StartBuild">;

/** What a build that a push started is told besides. */
export interface PushedBuild {
  readonly initiator: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Records a new build and sets it going. */
export const submitBuild = (
  room: Room,
  ctx: Context,
  project: ProjectRecord,
  request: StartBuildInput,
  push?: PushedBuild,
  part?: BatchPart & PushedVariables,
  retryOf?: BuildRecord,
): BuildRecord => {
  const settings = overridden(project.settings, request, ctx);
  // A pipeline says where its artifacts lie by overrides, and only those an action has.
  const overrides = request.sourceTypeOverride !== undefined || request.artifactsOverride !== undefined;
  if (!overrides) checkSettings(settings);
  refuseUnbuilt(settings);
  checkFleetOf(room, settings);
  if (settings.source.type === "CODEPIPELINE" && !settings.source.location)
    throw invalidInput(
      `Source location must be overridden to start a build of ${project.name}: its source type is CODEPIPELINE`,
    );
  if (request.debugSessionEnabled) throw invalidInput("Debug sessions are not available: builds run on this machine");
  const uuid = room.ids.uuid();
  const now = room.clock.now();
  const log = logPlace(settings, project.name, uuid);
  const build: BuildRecord = {
    id: `${project.name}:${uuid}`,
    arn: ctx.arn(`build/${project.name}`, uuid),
    number: room.builds.nextNumber(project.name),
    projectName: project.name,
    initiator: push?.initiator ?? initiatorOf(ctx),
    startTime: now,
    traceId: ctx.beginTrace(),
    settings,
    request,
    state: submit(now),
    exportedVariables: {},
    artifactLocations: {},
    ...(log ? { log } : {}),
    ...(push ? { webhookVariables: push.variables } : {}),
    ...partOf(part),
    ...(retryOf
      ? {
          autoRetry: { number: (retryOf.autoRetry?.number ?? 0) + 1, previous: retryOf.arn },
          initiator: retryOf.initiator,
        }
      : {}),
  };
  room.builds.put(build);
  announce(room, undefined, build);
  tellTrace(room, "Build", build);
  runSubmitted(room, build, () => retryFailed(room, ctx, project, build.id));
  return build;
};

/**
 * AWS: a build that failed starts anew by itself, as often as its project or its buildspec lets it; each knows the one before
 * and after. Those of a pipeline and of a batch are tried again by what started them.
 */
const retryFailed = (room: Room, ctx: Context, project: ProjectRecord, id: string): void => {
  const build = room.builds.get(id);
  if (!build || build.batch || build.settings.source.type === "CODEPIPELINE") return;
  if (!RETRIED.has(build.state.status) || (build.autoRetry?.number ?? 0) >= autoRetryLimit(build)) return;
  const push = build.webhookVariables && { initiator: build.initiator, variables: build.webhookVariables };
  const next = submitBuild(room, ctx, project, build.request, push, undefined, build);
  room.builds.put({ ...build, autoRetry: { number: 0, ...build.autoRetry, next: next.arn } });
};

const RETRIED: ReadonlySet<string> = new Set(["FAILED", "FAULT", "TIMED_OUT"]);

const partOf = (part: (BatchPart & PushedVariables) | undefined): Partial<BuildRecord> => {
  if (!part) return {};
  const { webhookVariables, ...batch } = part;
  return { batch, ...(webhookVariables ? { webhookVariables } : {}) };
};

export const logPlace = ({ logsConfig }: ProjectSettings, project: string, uuid: string): LogPlace | undefined => {
  const config = logsConfig?.cloudWatchLogs;
  if (config?.status === "DISABLED") return undefined;
  const streamName = config?.streamName ? `${config.streamName}/${uuid}` : uuid;
  return { groupName: config?.groupName ?? `/aws/codebuild/${project}`, streamName };
};

/** `codepipeline/PIPELINE` (the pipeline's role session bears its name), `ROLE/SESSION`, or a user's name. */
export const initiatorOf = ({ principal, calledVia }: Context): string => {
  switch (principal.kind) {
    case "role":
      return calledVia === "codepipeline.amazonaws.com"
        ? `codepipeline/${principal.sessionName}`
        : `${principal.roleName}/${principal.sessionName}`;
    case "user":
      return principal.userName;
    case "service":
      return principal.service;
    default:
      return principal.kind;
  }
};
