import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import type { Command } from "commander";
import { findRunning } from "../cloudProcess.ts";
import { EXIT_FAILED } from "../failure.ts";
import { createOutput } from "../render/output.ts";
import { settingsFrom, withCloudOptions } from "../settings.ts";

/** One thing looked at. */
interface Finding {
  readonly name: string;
  readonly state: "ok" | "missing" | "optional";
  readonly detail: string;
}

export const registerDoctor = (program: Command): void => {
  withCloudOptions(program.command("doctor"))
    .description("Say what is missing on this machine")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft doctor\n  aloft doctor --json")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const settings = settingsFrom(options);
      const findings: Finding[] = [
        { name: "node", state: "ok", detail: process.version },
        tool("git", "needed", "the Git host and every push"),
        tool("bash", "needed", "builds"),
        tool("python3", "optional", "functions in Python"),
        tool("aws", "optional", "the AWS CLI on the command line; builds have their own"),
        await portFinding(settings.port, (await findRunning(settings.state)) !== undefined),
      ];
      for (const { name, state, detail } of findings) output.line(`${state.padEnd(9)} ${name.padEnd(8)} ${detail}`);
      output.result(findings);
      if (findings.some(({ state }) => state === "missing")) process.exitCode = EXIT_FAILED;
    });
};

const tool = (name: string, need: "needed" | "optional", what: string): Finding => {
  try {
    const version = execFileSync(name, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return { name, state: "ok", detail: version.split("\n")[0] ?? "" };
  } catch {
    // Not on the PATH, or broken: either way it is not to be had.
    return { name, state: need === "needed" ? "missing" : "optional", detail: `not found; used for ${what}` };
  }
};

const portFinding = async (port: number, isOurs: boolean): Promise<Finding> => {
  if (isOurs) return { name: "port", state: "ok", detail: `${port} is this cloud's` };
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
  return free
    ? { name: "port", state: "ok", detail: `${port} is free` }
    : { name: "port", state: "missing", detail: `${port} is taken by another program: aloft start --port ${port + 1}` };
};
