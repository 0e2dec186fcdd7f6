import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryDirectory } from "../socket/clouds.ts";
import { aloft, builtCli, type Ended, plainEnvironment, ROOT, run } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

/** What commands say when they cannot do their work: what happened and why, the next command, and the exit status. */
const folder = temporaryDirectory();
const state = join(folder.path, "state");
const env = plainEnvironment(join(folder.path, "home"));
let port: number;

const cli = (...args: readonly string[]): Promise<Ended> => aloft({ cwd: folder.path, env, state, port })(...args);

/** A failure as a program reads it. */
const failureOf = async (ended: Promise<Ended> | Ended): Promise<unknown> => {
  const { status, stdout, all } = await ended;
  expect(stdout).toBe("");
  return { status, ...JSON.parse(all).error };
};
const project = (name: string, files: Readonly<Record<string, string>>): string => {
  const path = join(folder.path, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
};

beforeAll(async () => {
  mkdirSync(join(folder.path, "home"));
  port = await freePort();
  builtCli();
}, 60_000);
afterAll(async () => {
  await cli("stop");
  folder[Symbol.dispose]();
});

test("0 is done, 1 failed, 2 misused; a misuse is told as JSON, too", async () => {
  expect((await cli("version")).status).toBe(0);
  expect((await cli("--help")).status).toBe(0);
  expect(await failureOf(cli("env", "--json"))).toEqual({
    ...{ status: 1, message: "No cloud runs here.", next: "aloft start" },
  });
  expect(await failureOf(cli("status", "--nope", "--json"))).toEqual({
    ...{ status: 2, message: "unknown option '--nope'", next: "aloft status --help" },
  });
  expect(await failureOf(cli("lauch", "--json"))).toEqual({
    ...{ status: 2, message: expect.stringContaining("Did you mean launch?"), next: "aloft --help" },
  });
  expect(await failureOf(cli("help", "lauch", "--json"))).toEqual({
    ...{ status: 2, message: "unknown command 'lauch'", next: "aloft --help" },
  });
  expect(await failureOf(cli("mirror", "--json"))).toEqual({
    ...{ status: 2, message: "It takes a command.", next: "aloft mirror --help" },
  });
  expect(await failureOf(cli("clock", "--json"))).toEqual({
    ...{ status: 1, message: "No cloud runs here.", next: "aloft start" },
  });
  expect(await failureOf(cli("clock", "set", "soon", "--json"))).toEqual({
    ...{ status: 2, message: "A time is such as 2027-01-01T06:00:00Z, not soon.", next: "aloft clock --help" },
  });
  expect(await failureOf(cli("clock", "stop", "--json"))).toMatchObject({
    ...{ message: expect.stringContaining("unknown command 'stop'"), next: "aloft clock --help" },
  });
  expect(await failureOf(cli("status", "--port", "far", "--json"))).toEqual({
    ...{ status: 2, message: "--port takes a number from 0 to 65535, not far.", next: "aloft status --help" },
  });
  expect(await failureOf(cli("logs", "--since", "yesterday", "--json"))).toEqual({
    ...{ status: 2, message: "--since takes a number of minutes, not yesterday.", next: "aloft logs --help" },
  });
  expect(await failureOf(cli("launch", "--name", "My_App", "--json"))).toMatchObject({
    ...{ status: 2, message: expect.stringContaining("lower-case letters"), next: "aloft launch --help" },
  });
  expect(await failureOf(cli("snapshot", "save", "one", "--json"))).toMatchObject({
    ...{ status: 1, message: expect.stringMatching(/^There is no cloud in .* to save\.$/), next: "aloft start" },
  });
  const words = await cli("clock", "advance");
  expect([words.status, words.all]).toEqual([
    2,
    expect.stringMatching(/missing required argument[\s\S]*Usage: aloft clock advance/),
  ]);
});

test("a reader that has had enough is no failure", async () => {
  const command = `"${process.execPath}" "${join(ROOT, "bin", "aloft.mjs")}" --help | head -1`;
  const ended = await run("bash", ["-o", "pipefail", "-c", command], { cwd: folder.path, env });
  expect([ended.status, ended.all]).toEqual([0, "Usage: aloft [options] [command]\n"]);
});

test("a port that another program has", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  expect(await failureOf(cli("start", "--json"))).toEqual({
    ...{ status: 1, message: `The port ${port} is in use by another program.`, next: `aloft start --port ${port + 1}` },
  });
  const doctor = await cli("doctor");
  expect([doctor.status, doctor.stdout]).toEqual([1, expect.stringMatching(/^missing +port/m)]);
  await new Promise((resolve) => other.close(resolve));
});

test("a state directory that another process has", async () => {
  const busy = join(folder.path, "busy");
  const holder = spawn(
    process.execPath,
    [join(ROOT, "dist/cli.js"), "start", "--foreground", "--port", "0", "--state", busy],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env,
    },
  );
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  const second = await cli("start", "--foreground", "--port", "0", "--state", busy, "--json");
  expect(await failureOf(second)).toEqual({
    ...{ status: 1, message: expect.stringContaining(`in use by the process ${holder.pid}`), next: "aloft status" },
  });
  const gone = new Promise((resolve) => holder.once("exit", resolve));
  holder.kill("SIGTERM");
  await gone;
});

test("a template that is not there, or is none", async () => {
  const empty = project("empty", {});
  expect(await failureOf(cli("init", "--project", empty, "--json"))).toEqual({
    ...{ status: 1, message: `There is no SAM template in ${empty}.`, next: "aloft init --template FILE" },
  });
  expect(await failureOf(cli("launch", "--project", empty, "--json"))).toMatchObject({ status: 1, next: "aloft init" });
  const broken = project("broken", { "template.yaml": "Resources: [\n" });
  expect(await failureOf(cli("init", "--project", broken, "--json"))).toMatchObject({
    ...{ status: 1, message: expect.stringContaining("template.yaml"), next: "aloft doctor" },
  });
});

test("no git: said before anything is made, with what to do", async () => {
  const bin = join(folder.path, "bin");
  mkdirSync(bin);
  symlinkSync("/bin/bash", join(bin, "bash"));
  const bare = { ...env, PATH: bin };
  const sample = project("no-git", { "pipeline.yml": "Resources: { Topic: { Type: AWS::SNS::Topic } }\n" });
  const ended = await aloft({ cwd: folder.path, env: bare, state, port })("launch", "--project", sample, "--json");
  expect(await failureOf(ended)).toMatchObject({
    ...{ status: 1, message: expect.stringContaining("git"), next: "aloft doctor" },
  });
});

test("a Node.js that is too old", async () => {
  const old = join(folder.path, "old.mjs");
  writeFileSync(
    old,
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.0" } });
Object.defineProperty(process, "version", { value: "v18.20.0" });`,
  );
  const bin = join(ROOT, "bin", "aloft.mjs");
  const ended = await run(process.execPath, ["--import", old, bin, "version"], { cwd: folder.path, env });
  expect([ended.status, ended.all]).toEqual([
    1,
    expect.stringMatching(/needs Node 20\.19 or later; this is v18\.20\.0/),
  ]);
});

test("a stack that fails, with the resource's reason; and a role that was denied, by doctor", {
  timeout: 120_000,
}, async () => {
  await cli("start");
  const app = project("app", {
    "template.yaml": `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
  Reader:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: reader
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code:
        ZipFile: |
          const { DynamoDBClient, ScanCommand } = require("@aws-sdk/client-dynamodb");
          exports.handler = () => new DynamoDBClient().send(new ScanCommand({ TableName: "clouds" }));
`,
    "bad.yaml": `
Resources:
  Telescope: { Type: AWS::SQS::Queue, Properties: { QueueName: "no spaces here" } }
`,
  });
  const failed = await cli("deploy", "--template", join(app, "bad.yaml"), "--stack-name", "bad", "--json");
  expect(await failureOf(failed)).toEqual({
    status: 1,
    message: expect.stringMatching(
      /^The stack bad is ROLLBACK_COMPLETE\. Telescope \(AWS::SQS::Queue\): .*alphanumeric/,
    ),
    next: "aws cloudformation describe-stack-events --stack-name bad",
  });
  const deployed = await cli("deploy", "--template", join(app, "template.yaml"), "--stack-name", "app");
  expect(deployed.status, deployed.all).toBe(0);
  const invoked = await cli("invoke", "reader", "--json");
  expect([invoked.status, JSON.parse(invoked.stdout).payload]).toEqual([
    1,
    expect.objectContaining({ errorType: "AccessDeniedException" }),
  ]);
  const doctor = await cli("doctor", "--project", app);
  expect(doctor.stdout).toMatch(/^denied +denied +\S*role\S* lacks dynamodb:Scan on \S*table\/clouds \(\d+ calls?\)$/m);
  const findings = JSON.parse((await cli("doctor", "--project", app, "--json")).stdout);
  expect(findings).toContainEqual(
    expect.objectContaining({ state: "denied", detail: expect.stringContaining("dynamodb:Scan") }),
  );
});

test("a build that fails, with the end of its log", { timeout: 120_000 }, async () => {
  const app = project("unfit", {
    "template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources: { Queue: { Type: AWS::SQS::Queue } }\n",
    "package.json": JSON.stringify({ scripts: { test: "echo two plus two is five; exit 1" } }),
  });
  const failed = await cli("launch", "--project", app, "--yes", "--no-mirror", "--json");
  expect(await failureOf(failed)).toEqual({
    status: 1,
    message: expect.stringMatching(
      /is Failed\.\n.*COMMAND_EXECUTION_ERROR.*npm test[\s\S]*\n {2}\| two plus two is five/,
    ),
    next: "aloft logs",
  });
});
