import { submit } from "../../../engines/build/state.ts";
import type { Context } from "../../../kernel/context.ts";
import { failLost, runSubmitted, stopBuildNow } from "../builds/run.ts";
import { initiatorOf, logPlace } from "../builds/submit.ts";
import { invalidInput } from "../errors.ts";
import type { BuildRecord, ProjectRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { checkFleetOf, refuseUnbuilt } from "../settings.ts";
import { endCommands } from "./commands.ts";

/** Sandboxes run as builds do, but are none: they stand in lists of their own. */
const amongSandboxes = (room: Room): Room => ({
  ...room,
  builds: room.sandboxes,
  running: room.runningSandboxes,
  gate: room.sandboxGate,
});

/** Records a new sandbox of a project and sets it going. */
export const submitSandbox = (room: Room, ctx: Context, project: ProjectRecord): BuildRecord => {
  const { settings, name } = project;
  refuseUnbuilt(settings);
  checkFleetOf(room, settings);
  if (settings.source.type === "CODEPIPELINE")
    throw invalidInput(`A sandbox of ${name} has no source: its project takes it from a pipeline`);
  const uuid = room.ids.uuid();
  const now = room.clock.now();
  const log = logPlace(settings, name, uuid);
  const sandbox: BuildRecord = {
    id: `${name}:${uuid}`,
    arn: ctx.arn(`sandbox/${name}`, uuid),
    number: room.sandboxes.nextNumber(name),
    projectName: name,
    initiator: initiatorOf(ctx),
    startTime: now,
    settings,
    request: { projectName: name },
    state: submit(now),
    exportedVariables: {},
    artifactLocations: {},
    isSandbox: true,
    ...(log ? { log } : {}),
  };
  room.sandboxes.put(sandbox);
  runSubmitted(amongSandboxes(room), sandbox, () => {});
  return sandbox;
};

export const stopSandboxNow = (room: Room, id: string): void => stopBuildNow(amongSandboxes(room), id);

/** Fails a sandbox that ended with the process of the cloud, and what ran in it. */
export const failLostSandbox = (room: Room, sandbox: BuildRecord): void => {
  failLost(amongSandboxes(room), sandbox);
  endCommands(room, sandbox.id);
};
