import type { Command } from "commander";
import { askClock } from "../cloudClock.ts";
import { cloudHere } from "../cloudHere.ts";
import { parseDuration } from "../duration.ts";
import { CliError } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { type RawOptions, UsageError, withCloudOptions } from "../settings.ts";

/** `aloft clock`: the cloud's time, shown, moved on, stopped and let go. */
export const registerClock = (program: Command): void => {
  const clock = withCloudOptions(program.command("clock"))
    .description("Show the cloud's time, move it on, stop it")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft clock\n  aloft clock advance 10m   # past a canary's ten minutes\n  aloft clock set 2027-01-01T06:00:00Z\n  aloft clock pause\n  aloft clock resume",
    )
    .allowExcessArguments()
    .action((options: RawOptions, command: Command) => {
      const [unknown] = command.args;
      if (unknown !== undefined) throw new UsageError(`unknown command '${unknown}'`);
      return ask(options, "GET", "");
    });
  const add = (name: string, description: string) =>
    clock.command(name).description(description).configureHelp({ showGlobalOptions: true });
  add("show", "Show the cloud's time and how fast it passes").action((_options, command: Command) =>
    ask(command.optsWithGlobals(), "GET", ""),
  );
  add("advance", "Move the cloud's time on, such as by 90s, 10m, 1h30m or 2d")
    .argument("<duration>")
    .action((duration: string, _options, command: Command) =>
      ask(command.optsWithGlobals(), "POST", `/advance?ms=${parseDuration(duration)}`),
    );
  add("set", "Move the cloud's time on to a moment")
    .argument("<time>", "such as 2027-01-01 or 2027-01-01T06:00:00Z")
    .action((time: string, _options, command: Command) => setTime(command.optsWithGlobals(), time));
  add("pause", "Stop the cloud's time").action((_options, command: Command) =>
    ask(command.optsWithGlobals(), "POST", "/pause"),
  );
  add("resume", "Let the cloud's time pass again").action((_options, command: Command) =>
    ask(command.optsWithGlobals(), "POST", "/resume"),
  );
};

const ask = async (options: RawOptions, method: string, path: string): Promise<void> => {
  const output = createOutput(options["json"] === true);
  const { now, rate } = await askClock(await cloudHere(options), method, path);
  output.line(
    `It is ${now} in the cloud${rate === 0 ? ", and its time stands still" : rate === 1 ? "" : `, at ${rate} times the speed`}.`,
  );
  if (rate === 0) output.line("Next: aloft clock resume");
  output.result({ now, rate });
};

const setTime = async (options: RawOptions, time: string): Promise<void> => {
  const wanted = Date.parse(time);
  if (Number.isNaN(wanted)) throw new UsageError(`A time is such as 2027-01-01T06:00:00Z, not ${time}.`);
  const { now } = await askClock(await cloudHere(options));
  const ms = wanted - Date.parse(now);
  if (ms <= 0)
    throw new CliError(`It is ${now} in the cloud, and its time goes forward only.`, "aloft clock advance 1h");
  await ask(options, "POST", `/advance?ms=${ms}`);
};
