import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { errorMessage } from "../../kernel/errors.ts";
import { unbuiltIn, unbuiltSentence } from "../../unbuilt.ts";
import { version } from "../../version.ts";
import { findRunning } from "../cloudProcess.ts";
import { callControl } from "../control.ts";
import { EXIT_FAILED } from "../failure.ts";
import { projectFolder } from "../projectFolder.ts";
import { createOutput } from "../render/output.ts";
import { type RunningCloud, settingsFrom, withCloudOptions } from "../settings.ts";

/** One thing looked at. */
interface Finding {
  readonly name: string;
  readonly state: "ok" | "missing" | "optional" | "denied" | "unbuilt";
  readonly detail: string;
}

export const registerDoctor = (program: Command): void => {
  withCloudOptions(program.command("doctor"))
    .description(
      "Say what is missing here, what the project's templates use or was asked for that is not built, what permissions were denied",
    )
    .option("--project <dir>", "the folder with the templates", ".")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft doctor\n  aloft doctor --project my-app --json")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const settings = settingsFrom(options);
      const project = projectFolder(options.project);
      const running = await findRunning(settings.state);
      const findings: Finding[] = [
        { name: "node", state: "ok", detail: process.version },
        tool("git", "needed", "the Git host and every push"),
        tool("bash", "needed", "builds"),
        tool("python3", "optional", "functions in Python"),
        tool("aws", "optional", "the AWS CLI on the command line; builds have their own"),
        { name: "machine", state: "ok", detail: machine() },
        { name: "aloft", state: "ok", detail: `${version}, state in ${settings.state}` },
        await portFinding(settings.port, running),
        ...(await templateFindings(project)),
        ...(running ? await deniedFindings(running, settings.state) : []),
        ...(running ? await unbuiltFindings(running, settings.state) : []),
      ];
      for (const { name, state, detail } of findings) output.line(`${state.padEnd(9)} ${name.padEnd(8)} ${detail}`);
      output.result(findings);
      if (findings.some(({ state }) => state === "missing")) process.exitCode = EXIT_FAILED;
    });
};

const machine = (): string =>
  `${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;

/** What was refused, as the call log has it: in strict mode the most common reason why something does not work. */
const deniedFindings = async (running: RunningCloud, state: string): Promise<readonly Finding[]> => {
  const answer = await callControl(running, state, "GET", "/_aloft/denied");
  const denied = typeof answer === "object" && answer !== null && "denied" in answer ? answer.denied : [];
  return (Array.isArray(denied) ? denied : []).map(({ principal, action, resource, times }) => ({
    name: "denied",
    state: "denied" as const,
    detail: `${principal} lacks ${action} on ${resource} (${times} ${times === 1 ? "call" : "calls"})`,
  }));
};

/** What was asked for and is not built: the console's first page lists the same. */
const unbuiltFindings = async (running: RunningCloud, state: string): Promise<readonly Finding[]> => {
  const answer = await callControl(running, state, "GET", "/_aloft/unbuilt");
  const unbuilt = typeof answer === "object" && answer !== null && "unbuilt" in answer ? answer.unbuilt : [];
  return (Array.isArray(unbuilt) ? unbuilt : []).map(({ message, times }) => ({
    name: "unbuilt",
    state: "unbuilt" as const,
    detail: `${message} (asked for ${times === 1 ? "once" : `${times} times`})`,
  }));
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

const portFinding = async (port: number, running: RunningCloud | undefined): Promise<Finding> => {
  if (running) return { name: "port", state: "ok", detail: `the cloud answers at ${running.endpoint}` };
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
  return free
    ? { name: "port", state: "ok", detail: `${port} is free` }
    : { name: "port", state: "missing", detail: `${port} is taken by another program: aloft start --port ${port + 1}` };
};

/** One finding per template of the folder, and one per resource in it that this cloud cannot make. */
const templateFindings = async (folder: string): Promise<readonly Finding[]> => {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json|template)$/.test(entry.name))
    .map(({ name }) => name);
  const findings = await Promise.all(
    names.sort().map((name) => findingsIn(name, readFileSync(join(folder, name), "utf8"))),
  );
  return findings.flat();
};

const findingsIn = async (name: string, text: string): Promise<readonly Finding[]> => {
  if (!/^\s*"?Resources"?\s*:/m.test(text)) return [];
  try {
    const unbuilt = await unbuiltIn(text);
    if (unbuilt.length === 0)
      return [{ name: "template", state: "ok", detail: `${name}: all that its resources ask for is built` }];
    return unbuilt.map((resource) => ({
      name: "template",
      state: "missing" as const,
      detail: `${name}: ${unbuiltSentence(resource)}`,
    }));
  } catch (error) {
    return [{ name: "template", state: "missing", detail: `${name}: ${errorMessage(error)}` }];
  }
};
