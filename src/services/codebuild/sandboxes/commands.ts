import { BuildFailure, BuildStopRequested, BuildTimedOut } from "../../../engines/build/failure.ts";
import type { ProcessExit } from "../../../engines/process/port.ts";
import { workDirectory } from "../builds/workDirectory.ts";
import { MAX_COMMAND_OUTPUT_BYTES } from "../limits.ts";
import type { BuildRecord, CommandRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { OpenSandbox } from "./hold.ts";

/** The commands that a sandbox was given, the first first. */
export const commandsOf = ({ commandExecutions }: Pick<Room, "commandExecutions">, sandboxId: string) =>
  [...commandExecutions.values({ prefix: [sandboxId] })].sort((a, b) => a.number - b.number);

/** Runs a command in a sandbox, in a shell of its own that begins at the source. */
export const runCommand = (room: Room, sandbox: BuildRecord, open: OpenSandbox, command: string): CommandRecord => {
  const record: CommandRecord = {
    id: room.ids.uuid(),
    sandboxId: sandbox.id,
    sandboxArn: sandbox.arn,
    number: commandsOf(room, sandbox.id).length + 1,
    command,
    startTime: room.clock.now(),
  };
  put(room, record);
  room.deps.tasks.spawn(`command ${record.id}`, async () => {
    await room.deps.records.committed();
    const output = { stdout: [] as string[], stderr: [] as string[] };
    const child = room.processes.start({
      argv: ["bash", "--norc", "--noprofile", "-c", command],
      cwd: open.place.cwd,
      env: open.place.environment,
      mask: open.mask,
      marker: workDirectory(room, sandbox),
      signal: open.signal,
      limits: { maxTotalBytes: MAX_COMMAND_OUTPUT_BYTES },
      onLine: ({ stream, text }) => {
        output[stream].push(text);
        open.log(text);
      },
    });
    const exit = await child.exited;
    // The cloud ends: `endCommands` follows.
    if (open.signal.aborted && !isEnd(open.signal.reason)) return;
    const [stdout, stderr] = [output.stdout.join("\n"), output.stderr.join("\n")];
    put(room, { ...record, end: { time: room.clock.now(), ...endOf(exit), stdout, stderr } });
  });
  return record;
};

const put = ({ commandExecutions }: Room, record: CommandRecord): void =>
  commandExecutions.put([record.sandboxId, record.id], record);

/** Whether a sandbox was ended by what a build is ended by. */
const isEnd = (reason: unknown): boolean =>
  reason instanceof BuildStopRequested || reason instanceof BuildTimedOut || reason instanceof BuildFailure;

const endOf = (exit: ProcessExit): Pick<NonNullable<CommandRecord["end"]>, "status" | "exitCode"> => {
  if (exit.kind === "exited") return { status: exit.code === 0 ? "SUCCEEDED" : "FAILED", exitCode: exit.code };
  return { status: exit.kind === "stopped" ? "STOPPED" : "FAILED" };
};

/** Says of what ran in a sandbox when the cloud ended that it was stopped with it. */
export const endCommands = (room: Room, sandboxId: string): void => {
  for (const command of commandsOf(room, sandboxId))
    if (!command.end)
      put(room, { ...command, end: { time: room.clock.now(), status: "STOPPED", stdout: "", stderr: "" } });
};
