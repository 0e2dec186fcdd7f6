import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { BatchGetBuildsCommand, CodeBuildClient, ListBuildsCommand } from "@aws-sdk/client-codebuild";
import { CodePipelineClient, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { CLI, residentBytes } from "./cloudChild.ts";
import { mib, ms, report, timed } from "./figures.ts";

/** The one command and the push, with the sample application: launch to rows, memory after it, push to live by stage. */
const MAX_ASKS = 10_000;

const folder = mkdtempSync(join(tmpdir(), "aloft-bench-"));
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
};
const environment = { ...process.env, ALOFT_STATE: join(folder, "state"), ALOFT_PORT: String(await freePort()) };

const run = async (command: string, args: readonly string[], cwd = folder): Promise<string> => {
  const child = spawn(command, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  const [stdout, stderr] = await Promise.all([buffer(child.stdout), buffer(child.stderr)]);
  const [status] = await closed;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return stdout.toString();
};
const aloft = (...args: readonly string[]) => run(process.execPath, [CLI, ...args]);
const git = (...args: readonly string[]) => run("git", args, join(folder, "clone"));
const readState = (name: string) => JSON.parse(readFileSync(join(folder, "state", name), "utf8"));

interface Launched {
  readonly api: string;
  readonly cloneUrl: string;
  readonly outputs: Readonly<Record<string, string>>;
}

const launch = async (): Promise<[Launched, number]> => {
  let printed = "";
  const elapsed = await timed(async () => {
    printed = await aloft("launch", "--json");
  });
  return [JSON.parse(printed), elapsed];
};

const config = () => ({
  region: "us-east-1",
  endpoint: readState("cloud.json").endpoint,
  credentials: readState("credentials.json"),
});

/** Milliseconds each action of the newest execution took. */
const actionTimes = async (pipelineName: string): Promise<readonly (readonly [string, number])[]> => {
  const client = new CodePipelineClient(config());
  const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName }));
  const newest = actionExecutionDetails[0]?.pipelineExecutionId;
  return actionExecutionDetails
    .filter(({ pipelineExecutionId }) => pipelineExecutionId === newest)
    .reverse()
    .map(({ actionName = "", startTime, lastUpdateTime }) => [actionName, Number(lastUpdateTime) - Number(startTime)]);
};

/** Milliseconds that the commands of the newest two buildspecs took: what the pipeline itself cannot make faster. */
const commandTime = async (): Promise<number> => {
  const client = new CodeBuildClient(config());
  const { ids = [] } = await client.send(new ListBuildsCommand({ sortOrder: "DESCENDING" }));
  const { builds = [] } = await client.send(new BatchGetBuildsCommand({ ids: ids.slice(0, 2) }));
  return builds
    .flatMap(({ phases = [] }) => phases)
    .filter(({ phaseType }) => ["INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD"].includes(phaseType ?? ""))
    .reduce((total, { startTime, endTime }) => total + Number(endTime) - Number(startTime), 0);
};

const answersVersion = async (url: string, version: string): Promise<void> => {
  const { hostname, port, pathname, host } = new URL(url);
  const { get } = await import("node:http");
  for (let asks = 0; asks < MAX_ASKS; asks++) {
    const answer = await new Promise<string | undefined>((resolve, reject) => {
      // Not every resolver knows that names below localhost are this machine.
      const at = {
        host: hostname.endsWith("localhost") ? "127.0.0.1" : hostname,
        port,
        path: pathname,
        headers: { host },
      };
      get(at, (response) => {
        response.resume();
        resolve(response.headers["x-version"]?.toString());
      }).once("error", reject);
    });
    if (answer === version) return;
  }
  throw new Error(`${url} does not answer with version ${version}.`);
};

const editVersion = (version: string): void => {
  const path = join(folder, "clone", "functions", "getData.ts");
  const code = readFileSync(path, "utf8");
  writeFileSync(
    path,
    code.replace(/return json\(200, rows.*\);/, `return json(200, rows, { "x-version": "${version}" });`),
  );
};

try {
  const [launched, first] = await launch();
  report("launch to three rows, nothing there", ms(first), "<= 8 s with a warm npm cache");
  report("memory after it", mib(residentBytes(readState("cloud.json").pid)), "<= 150 MB");
  report("launch again, all there", ms((await launch())[1]), "");
  await run("git", ["clone", "--quiet", launched.cloneUrl, join(folder, "clone")]);
  for (const [name, value] of [
    ["user.name", "bench"],
    ["user.email", "bench@example.com"],
  ] as const)
    await git("config", name, value);
  for (const version of ["2", "3"]) {
    editVersion(version);
    await git("commit", "--quiet", "--all", "--message", `Version ${version}`);
    const elapsed = await timed(async () => {
      await git("push", "--quiet", "origin", "HEAD:main");
      await answersVersion(launched.api, version);
    });
    const commands = await commandTime();
    report(
      `push to live, ${version === "2" ? "the first" : "a later one"}`,
      `${ms(elapsed)}, ${ms(elapsed - commands)} beyond the commands`,
      "<= 1.5 s beyond them",
    );
    for (const [action, time] of await actionTimes(launched.outputs["PipelineName"] ?? ""))
      report(`  ${action}`, ms(time), "");
    report("  commands of the two buildspecs", ms(commands), "");
  }
} finally {
  await aloft("stop");
  rmSync(folder, { recursive: true, force: true });
}
