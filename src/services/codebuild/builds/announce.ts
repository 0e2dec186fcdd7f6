import type { Phase } from "../../../engines/build/phases.ts";
import { currentPhase } from "../../../engines/build/state.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { withDefaults } from "../defaults.ts";
import type { BuildRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { deepLink, sourceView } from "../views.ts";
import { sourceVersionOf } from "./sourceVersion.ts";

/**
 * Emits CodeBuild's EventBridge events for what changed between two records of one build, once they are durable.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html
 */
export const announce = (room: Room, before: BuildRecord | undefined, build: BuildRecord): void => {
  // AWS tells of builds alone.
  if (build.isSandbox) return;
  const ended = build.state.phases.filter(({ end }, index) => end && !before?.state.phases[index]?.end);
  const events = ended.map((phase) => ({
    type: "CodeBuild Build Phase Change",
    detail: phaseChange(room, build, phase),
  }));
  if (before?.state.status !== build.state.status)
    events.push({ type: "CodeBuild Build State Change", detail: stateChange(room, build) });
  if (events.length === 0) return;
  const time = room.clock.now();
  room.deps.tasks.spawn(`announce ${build.id}`, async () => {
    await room.deps.records.committed();
    for (const { type, detail } of events) {
      room.deps.events.emit({
        id: room.ids.uuid(),
        time,
        source: "aws.codebuild",
        detailType: type,
        account: room.deps.account,
        region: room.deps.region,
        resources: [build.arn],
        detail,
      });
    }
  });
};

const phaseChange = (room: Room, build: BuildRecord, { type, startTime, end }: Phase): JsonObject => ({
  "completed-phase": type,
  "project-name": build.projectName,
  "build-id": build.arn,
  "completed-phase-context": contextText(end?.contexts),
  "completed-phase-status": end?.status ?? "SUCCEEDED",
  "completed-phase-duration-seconds": Math.round(((end?.time ?? startTime) - startTime) / 1000),
  "completed-phase-start": eventTime(startTime),
  "completed-phase-end": eventTime(end?.time ?? startTime),
  version: "1",
  "additional-information": additional(room, build),
});

const stateChange = (room: Room, build: BuildRecord): JsonObject => ({
  "build-status": build.state.status,
  "project-name": build.projectName,
  "build-id": build.arn,
  "current-phase": currentPhase(build.state),
  "current-phase-context": "[]",
  version: "1",
  "additional-information": additional(room, build),
});

const additional = (room: Room, build: BuildRecord): JsonObject => {
  const shown = withDefaults(build.settings, build.arn, room.deps.region);
  const { environment, cache, timeoutInMinutes, queuedTimeoutInMinutes } = shown;
  const { type, location } = sourceView(build.settings.source);
  const version = sourceVersionOf(build.settings, build.arn);
  return {
    cache: { type: cache.type },
    "build-number": build.number,
    artifact: { ...build.artifactDigests?.[""], location: build.artifactLocations[""] ?? "" },
    environment: {
      image: environment.image,
      "privileged-mode": environment.privilegedMode,
      "image-pull-credentials-type": environment.imagePullCredentialsType,
      "compute-type": environment.computeType,
      type: environment.type,
      "environment-variables": environment.environmentVariables.map(({ name, value, type }) => ({ name, value, type })),
    },
    "timeout-in-minutes": timeoutInMinutes,
    "queued-timeout-in-minutes": queuedTimeoutInMinutes,
    "build-complete": build.state.status !== "IN_PROGRESS",
    initiator: build.initiator,
    "build-start-time": eventTime(build.startTime),
    source: { type, ...(location ? { location } : {}) },
    ...(version === undefined ? {} : { "source-version": version }),
    ...(build.log
      ? {
          logs: {
            "group-name": build.log.groupName,
            "stream-name": build.log.streamName,
            "deep-link": deepLink(build.log, room.deps.region),
          },
        }
      : {}),
    phases: build.state.phases.map(phaseDetail),
  };
};

const phaseDetail = ({ type, startTime, end }: Phase): JsonObject => ({
  "phase-type": type,
  "start-time": eventTime(startTime),
  ...(end
    ? {
        "phase-status": end.status,
        "end-time": eventTime(end.time),
        "duration-in-seconds": Math.round((end.time - startTime) / 1000),
        "phase-context": (end.contexts ?? []).map(contextLine),
      }
    : {}),
});

type Contexts = readonly { readonly statusCode: string; readonly message: string }[];

const contextLine = ({ statusCode, message }: Contexts[number]): string => `${statusCode}: ${message}`;
const contextText = (contexts: Contexts = []): string => `[${contexts.map(contextLine).join(", ")}]`;

/** `Sep 1, 2017 4:12:29 PM` */
const eventTime = (ms: number): string =>
  TIME.format(ms)
    .replace(/\u202f/g, " ")
    .replace(/^(\w+ \d+, \d+),/, "$1");

const TIME = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
