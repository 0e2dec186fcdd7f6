import { existsSync } from "node:fs";
import type { Command } from "commander";
import { errorMessage } from "../../kernel/errors.ts";
import {
  checkSnapshotName,
  deleteSnapshot,
  listSnapshots,
  loadSnapshot,
  SnapshotMisnamed,
  SnapshotRefused,
  saveStopped,
} from "../../snapshots.ts";
import { ensureRunning, findRunning, stopRunning } from "../cloudProcess.ts";
import { callControl } from "../control.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { type RawOptions, settingsFrom, UsageError, withCloudOptions, withStartOptions } from "../settings.ts";

/** `aloft snapshot`: copies of all that a cloud keeps, to come back to. */
export const registerSnapshot = (program: Command): void => {
  const snapshot = program
    .command("snapshot")
    .description("Keep a copy of all the cloud holds under a name, and come back to it")
    .addHelpText(
      "after",
      "\nA snapshot holds the cloud's credentials and secrets: treat it as you treat the state directory.\n\nExamples:\n  aloft snapshot save before-migration\n  aloft snapshot load before-migration --force   # stops the cloud, loads, starts it again\n  aloft snapshot list",
    );
  withCloudOptions(snapshot.command("save"))
    .argument("<name>", "letters, digits, - and _")
    .description("Copy what the cloud holds, whether it runs or not; a name that is taken is refused")
    .option("--json", "print JSON")
    .action((name: string, options: RawOptions) => explained(() => save(name, options)));
  withStartOptions(snapshot.command("load"))
    .argument("<name>", "of a snapshot")
    .description("Put a snapshot in the place of what the cloud holds")
    .option("--force", "stop a cloud that runs, and start it again afterwards")
    .option("--json", "print JSON")
    .action((name: string, options: RawOptions) => explained(() => load(name, options)));
  withCloudOptions(snapshot.command("list"))
    .description("Show the snapshots of this state directory")
    .option("--json", "print JSON")
    .action((options: RawOptions) => list(options));
  withCloudOptions(snapshot.command("delete"))
    .argument("<name>", "of a snapshot")
    .description("Remove a snapshot")
    .option("--json", "print JSON")
    .action((name: string, options: RawOptions) => explained(async () => remove(name, options)));
};

const save = async (name: string, options: RawOptions): Promise<void> => {
  const output = createOutput(options["json"] === true);
  const { state } = settingsFrom(options);
  checkSnapshotName(name);
  const running = await findRunning(state);
  if (listSnapshots(state).some((each) => each.name === name))
    throw new SnapshotRefused(`There is a snapshot ${name} already.`);
  if (running) await callControl(running, state, "POST", `/_aloft/snapshot?name=${encodeURIComponent(name)}`);
  else if (existsSync(state)) await saveStopped(state, name);
  else throw new CliError(`There is no cloud in ${state} to save.`, "aloft start");
  output.line(`The snapshot ${name} is saved.`);
  output.line(`Next: aloft snapshot load ${name}${running ? " --force" : ""}`);
  output.result({ name, saved: true });
};

const load = async (name: string, options: RawOptions): Promise<void> => {
  const output = createOutput(options["json"] === true);
  const settings = settingsFrom(options);
  if (!listSnapshots(settings.state).some((each) => each.name === name))
    throw new SnapshotRefused(`There is no snapshot ${name}.`);
  const running = await findRunning(settings.state);
  if (running && options["force"] !== true)
    throw new CliError(
      "The cloud runs; what it holds can be exchanged only while it does not.",
      `aloft snapshot load ${name} --force`,
    );
  if (running) await stopRunning(settings.state);
  await loadSnapshot(settings.state, name);
  output.line(`The cloud holds what it held at the snapshot ${name}.`);
  if (running) {
    const port = Number(new URL(running.endpoint).port);
    const { region, accountId } = running;
    const again = await ensureRunning({ ...settings, port, region, accountId });
    output.line(`The cloud answers at ${again.running.endpoint}.`);
  } else output.line("Next: aloft start");
  output.result({ name, loaded: true, running: running !== undefined });
};

const list = (options: RawOptions): void => {
  const output = createOutput(options["json"] === true);
  const found = listSnapshots(settingsFrom(options).state);
  if (found.length === 0) output.line("There is no snapshot.");
  for (const { name, savedAt } of found) output.line(`${new Date(savedAt).toISOString()}  ${name}`);
  output.result(found);
};

const remove = (name: string, options: RawOptions): void => {
  const output = createOutput(options["json"] === true);
  deleteSnapshot(settingsFrom(options).state, name);
  output.line(`The snapshot ${name} is gone.`);
  output.result({ name, deleted: true });
};

const explained = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof SnapshotMisnamed) throw new UsageError(error.message);
    if (error instanceof SnapshotRefused) throw new CliError(error.message, "aloft snapshot list");
    if (error instanceof Error && error.name.startsWith("State"))
      throw new CliError(errorMessage(error), "aloft status");
    throw error;
  }
};
