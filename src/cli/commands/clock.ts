import type { Command } from "commander";
import { cloudHere } from "../cloudHere.ts";
import { callControl } from "../control.ts";
import { parseDuration } from "../duration.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { type RawOptions, withCloudOptions } from "../settings.ts";

/** `aloft clock`: the cloud's time, shown, moved on, stopped and let go. */
export const registerClock = (program: Command): void => {
  const clock = program.command("clock").description("Show the cloud's time, move it on, stop it");
  clock.addHelpText(
    "after",
    "\nExamples:\n  aloft clock show\n  aloft clock advance 10m   # past a canary's ten minutes\n  aloft clock pause\n  aloft clock resume",
  );
  const add = (name: string, description: string) =>
    withCloudOptions(clock.command(name)).description(description).option("--json", "print JSON");
  add("show", "Show the cloud's time and how fast it passes").action((options: RawOptions) => ask(options, "GET", ""));
  add("advance <duration>", "Move the cloud's time on, such as by 90s, 10m, 1h30m or 2d").action(
    (duration: string, options: RawOptions) => ask(options, "POST", `/advance?ms=${parseDuration(duration)}`),
  );
  add("pause", "Stop the cloud's time").action((options: RawOptions) => ask(options, "POST", "/pause"));
  add("resume", "Let the cloud's time pass again").action((options: RawOptions) => ask(options, "POST", "/resume"));
};

const ask = async (options: RawOptions, method: string, path: string): Promise<void> => {
  const output = createOutput(options["json"] === true);
  const { running, state } = await cloudHere(options);
  const answer = await callControl(running, state, method, `/_aloft/clock${path}`);
  const { now, rate } = readAnswer(answer);
  output.line(
    `It is ${now} in the cloud${rate === 0 ? ", and its time stands still" : rate === 1 ? "" : `, at ${rate} times the speed`}.`,
  );
  if (rate === 0) output.line("Next: aloft clock resume");
  output.result({ now, rate });
};

const readAnswer = (answer: unknown): { readonly now: string; readonly rate: number } => {
  if (typeof answer === "object" && answer !== null && "now" in answer && "rate" in answer)
    return { now: String(answer.now), rate: Number(answer.rate) };
  throw new CliError("The cloud's door answered what this command does not know.", "aloft version");
};
