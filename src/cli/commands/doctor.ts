import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Command } from "commander";
import { errorMessage } from "../../kernel/errors.ts";
import { unbuiltIn } from "../../unbuilt.ts";
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
    .description("Say what is missing on this machine, and what the project's templates use that is not built yet")
    .option("--project <dir>", "the folder with the templates", ".")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft doctor\n  aloft doctor --project my-app --json")
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
        ...(await templateFindings(options.project)),
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

/** One finding per template of the folder, and one per resource in it that this cloud cannot make. */
const templateFindings = async (folder: string): Promise<readonly Finding[]> => {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(ya?ml|json|template)$/.test(name)) : [];
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
      return [{ name: "template", state: "ok", detail: `${name}: every resource type is built` }];
    return unbuilt.map(({ logicalId, type }) => ({
      name: "template",
      state: "missing" as const,
      detail: `${name}: ${logicalId} is of type ${type}, which aloft has not built yet`,
    }));
  } catch (error) {
    return [{ name: "template", state: "missing", detail: `${name}: ${errorMessage(error)}` }];
  }
};
