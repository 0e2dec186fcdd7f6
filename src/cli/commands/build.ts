import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import type { FailedPlace } from "../../engines/build/ports.ts";
import { buildLocally, type LocalBuild } from "../../localBuild/localBuild.ts";
import { findRunning } from "../cloudProcess.ts";
import { CliError, EXIT_FAILED } from "../failure.ts";
import { projectFolder } from "../projectFolder.ts";
import { createOutput } from "../render/output.ts";
import { readCredentials, settingsFrom, withCloudOptions } from "../settings.ts";

export const registerBuild = (program: Command): void => {
  withCloudOptions(program.command("build"))
    .argument("[project-or-buildspec]", "a project of the running cloud, or the path of a buildspec", "buildspec.yml")
    .description("Run a build here, on the working tree as it is")
    .option("--project <dir>", "the folder with the source", ".")
    .option("--artifacts <dir>", "where to put the artifacts")
    .option("--env <name=value>", "a variable of the build's, once for each", withPair, new Map<string, string>())
    .option("--shell", "open a shell where a command failed")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft build\n  aloft build buildspec-tests.yml --shell\n  aloft build buildspec-sam.yml --env PACKAGE_BUCKET=my-bucket\n  aloft build my-project --artifacts out",
    )
    .action(async (what: string, options) => {
      const output = createOutput(options.json === true);
      const settings = settingsFrom(options);
      const folder = projectFolder(options.project);
      const workspace = mkdtempSync(join(tmpdir(), "aloft-build-"));
      const stop = new AbortController();
      process.once("SIGINT", () => stop.abort(new CliError("The build was stopped.", "aloft build")));
      try {
        const plan = await described(what, folder, settings.state);
        if (plan.asProject !== undefined) output.line(`With the variables of the project ${plan.asProject}`);
        const build: LocalBuild = {
          ...plan,
          variables: withGiven(plan.variables, options.env),
          folder,
          workspace,
          say: output.line,
          ...(options.artifacts ? { artifactsInto: resolve(options.artifacts) } : {}),
          ...(options.shell ? { atFailure: openShell } : {}),
        };
        const end = await buildLocally(build, stop.signal);
        output.line(`Build ${end.status}`);
        output.result(end);
        if (end.status === "SUCCEEDED") return;
        if (end.failure !== undefined) output.line(end.failure);
        output.line(`Next: aloft build ${what} --shell   # a shell where it failed`);
        process.exitCode = EXIT_FAILED;
      } finally {
        rmSync(workspace, { recursive: true, force: true });
      }
    });
};

/** Collects `--env NAME=VALUE`. Throws for what is no pair. */
const withPair = (pair: string, given: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(pair) ?? [];
  if (name === undefined || value === undefined)
    throw new CliError(`'${pair}' is no variable.`, "aloft build --env NAME=VALUE");
  return new Map([...given, [name, value]]);
};

const withGiven = (variables: LocalBuild["variables"], given: ReadonlyMap<string, string>): LocalBuild["variables"] => [
  ...variables.filter(({ name }) => !given.has(name)),
  ...[...given].map(([name, value]) => ({ name, value, type: "PLAINTEXT" as const })),
];

interface Described extends Omit<LocalBuild, "folder" | "workspace" | "say" | "artifactsInto" | "atFailure"> {
  /** The one project of the running cloud that builds by this file. */
  readonly asProject?: string;
}

/** A file is a buildspec; any other word is a project of the cloud that runs. */
const described = async (what: string, folder: string, state: string): Promise<Described> => {
  const [running, credentials] = [await findRunning(state), readCredentials(state)];
  const cloud = running && credentials ? { ...running, credentials } : undefined;
  const { resolversOf, projectOf, projectBuiltBy } = await import("./buildCloud.ts");
  const shared = { region: cloud?.region ?? "us-east-1", ...resolversOf(cloud) };
  if (existsSync(resolve(folder, what))) {
    const path = relative(folder, resolve(folder, what));
    const user = cloud && (await projectBuiltBy(cloud, path));
    return {
      ...shared,
      projectName: user?.projectName ?? "local",
      variables: user?.variables ?? [],
      buildspec: { kind: "path", path },
      ...(user ? { asProject: user.projectName } : {}),
    };
  }
  const project = cloud && (await projectOf(cloud, what));
  if (project) return { ...shared, ...project };
  throw new CliError(
    cloud ? `There is no buildspec and no project ${what}.` : `There is no buildspec ${what}, and no cloud runs here.`,
    cloud ? "aws codebuild list-projects" : "aloft start",
  );
};

/** A bash of the user's own, where the build's was and with all it had exported; the build goes on when it ends. */
const openShell = async ({ cwd, exports }: FailedPlace): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "aloft-shell-"));
  const script = join(folder, "rc");
  writeFileSync(script, `${exports}\ncd ${JSON.stringify(cwd)}\nPS1='(build) \\w $ '\n`, { mode: 0o600 });
  process.stderr.write("The build stopped here. Leave this shell with `exit` to go on.\n");
  try {
    await new Promise<void>((ended, failed) =>
      spawn("bash", ["--noprofile", "--rcfile", script, "-i"], { stdio: "inherit", cwd })
        .once("error", failed)
        .once("close", () => ended()),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
