import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  StartBuildCommand,
} from "@aws-sdk/client-codebuild";
import { IAMClient } from "@aws-sdk/client-iam";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../durability/until.ts";
import { serviceRole } from "../serviceRole.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { aloft, plainEnvironment } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

const LIMIT_MS = 300_000;
const folder = temporaryDirectory();
let command: ReturnType<typeof aloft>;
let cloud: object;

beforeAll(async () => {
  const state = join(folder.path, "state");
  const port = await freePort();
  command = aloft({ cwd: folder.path, env: plainEnvironment(folder.path), state, port });
  expect((await command("start")).status).toBe(0);
  const credentials = JSON.parse(readFileSync(join(state, "credentials.json"), "utf8"));
  cloud = { region: "us-east-1", endpoint: `http://127.0.0.1:${port}`, credentials };
}, LIMIT_MS);
afterAll(async () => {
  await command("stop");
  folder[Symbol.dispose]();
}, LIMIT_MS);

const TEMPLATE = {
  Transform: "AWS::Serverless-2016-10-31",
  Globals: { Function: { Runtime: "nodejs20.x", Handler: "index.handler" } },
  Resources: {
    Plain: { Type: "AWS::Serverless::Function", Properties: { FunctionName: "plain", CodeUri: "plain" } },
    Packed: { Type: "AWS::Serverless::Function", Properties: { FunctionName: "packed", CodeUri: "packed" } },
  },
};

const FILES: Readonly<Record<string, string>> = {
  "template.json": JSON.stringify(TEMPLATE),
  "plain/index.js": 'exports.handler = async () => "plain";',
  "packed/index.js": 'exports.handler = async () => require("word");',
  "packed/package.json": '{"name":"packed","version":"1.0.0","dependencies":{"word":"file:./word"}}',
  "packed/word/package.json": '{"name":"word","version":"1.0.0"}',
  "packed/word/index.js": 'module.exports = "packed";',
};

/** Writes the project, as a source would have brought it. */
const writing = Object.entries(FILES).map(
  ([name, text]) =>
    `mkdir -p "$(dirname ${name})" && echo ${Buffer.from(text).toString("base64")} | base64 -d > ${name}`,
);

test("a build whose commands are sam's builds and deploys an application, and draws it", {
  timeout: LIMIT_MS,
}, async () => {
  const codebuild = new CodeBuildClient(cloud);
  const role = await serviceRole(new IAMClient(cloud), "build", "codebuild", "*");
  const commands = [
    ...writing,
    "sam --version",
    "sam build && sam deploy --stack-name app --resolve-s3 --capabilities CAPABILITY_IAM",
    "aloft diagram app --target aws --out app.png && head -c 4 app.png | grep -a PNG",
    "aloft diagram --template template.json | grep -c Packed",
  ];
  await codebuild.send(
    new CreateProjectCommand({
      name: "app",
      source: { type: "NO_SOURCE", buildspec: JSON.stringify({ version: 0.2, phases: { build: { commands } } }) },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
      },
      serviceRole: role,
    }),
  );
  const { build } = await codebuild.send(new StartBuildCommand({ projectName: "app" }));
  const done = await until(async () => {
    const { builds } = await codebuild.send(new BatchGetBuildsCommand({ ids: [build?.id ?? ""] }));
    return builds?.[0]?.buildComplete ? builds[0] : undefined;
  });
  const { events = [] } = await new CloudWatchLogsClient(cloud).send(
    new GetLogEventsCommand({
      logGroupName: done.logs?.groupName,
      logStreamName: done.logs?.streamName ?? "",
      startFromHead: true,
    }),
  );
  const log = events.map(({ message }) => message).join("");
  expect({ status: done.buildStatus, log }).toMatchObject({
    status: "SUCCEEDED",
    log: expect.stringContaining("Successfully created/updated stack - app in us-east-1"),
  });
  expect(log).toContain("Built Template   : .aws-sam/build/template.yaml");
  const { Stacks } = await new CloudFormationClient(cloud).send(new DescribeStacksCommand({ StackName: "app" }));
  expect(Stacks?.[0]?.StackStatus).toBe("CREATE_COMPLETE");
  for (const FunctionName of ["plain", "packed"]) {
    const { Payload } = await new LambdaClient(cloud).send(new InvokeCommand({ FunctionName }));
    expect(Buffer.from(Payload ?? []).toString()).toBe(`"${FunctionName}"`);
  }
});
