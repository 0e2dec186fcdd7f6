import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CloudFormationClient,
  CreateStackCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { CodeBuildClient, StartBuildBatchCommand } from "@aws-sdk/client-codebuild";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CallView } from "../../src/console/calls.ts";
import { type Cloud, startCloud } from "../../src/index.ts";
import { lineOf, logOf } from "../callLog.ts";

const trusting = (service: string) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
    },
    Policies: [
      {
        PolicyName: "all",
        PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      },
    ],
  },
});
const LISTS = `
const { S3Client, ListBucketsCommand } = require("@aws-sdk/client-s3");
exports.handler = async () => {
  await new S3Client().send(new ListBucketsCommand({}));
  return process.env._X_AMZN_TRACE_ID;
};`;
const code = (InlineCode: string) => ({ Runtime: "nodejs22.x", Handler: "index.handler", InlineCode });
const BUILDSPEC = JSON.stringify({
  version: 0.2,
  batch: { "build-list": [{ identifier: "one" }] },
  phases: { build: { commands: ["true"] } },
});

const template = (answer: string) => ({
  Transform: "AWS::Serverless-2016-10-31",
  Resources: {
    Lists: {
      Type: "AWS::Serverless::Function",
      // It starts with the SDK, which takes a busy machine longer than the three seconds it would have.
      Properties: { ...code(LISTS), FunctionName: "lists", Timeout: 30, Policies: ["AmazonS3ReadOnlyAccess"] },
    },
    Waits: {
      Type: "AWS::Serverless::Function",
      Properties: {
        ...code("exports.handler = async (address) => (await fetch(address)).text();"),
        FunctionName: "waits",
        Timeout: 60,
      },
    },
    News: { Type: "AWS::SNS::Topic" },
    Hears: {
      Type: "AWS::Serverless::Function",
      Properties: {
        ...code("exports.handler = async () => 1;"),
        FunctionName: "hears",
        Events: { News: { Type: "SNS", Properties: { Topic: { Ref: "News" } } } },
      },
    },
    Errors: {
      Type: "AWS::CloudWatch::Alarm",
      Properties: {
        ...{ AlarmName: "errors", Namespace: "App", MetricName: "Errors", Statistic: "Sum" },
        ...{ Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" },
        AlarmActions: [{ Ref: "News" }],
      },
    },
    Answers: {
      Type: "AWS::Serverless::Function",
      Properties: {
        ...code(`exports.handler = async () => "${answer}";`),
        AutoPublishAlias: "live",
        DeploymentPreference: { Type: "Canary10Percent5Minutes" },
      },
    },
    BuildRole: trusting("codebuild"),
    SchedulerRole: { ...trusting("scheduler"), Properties: { ...trusting("scheduler").Properties, RoleName: "clock" } },
    Project: {
      Type: "AWS::CodeBuild::Project",
      Properties: {
        Name: "parts",
        ServiceRole: { "Fn::GetAtt": ["BuildRole", "Arn"] },
        Source: { Type: "NO_SOURCE", BuildSpec: BUILDSPEC },
        Artifacts: { Type: "NO_ARTIFACTS" },
        BuildBatchConfig: { ServiceRole: { "Fn::GetAtt": ["BuildRole", "Arn"] } },
        Environment: {
          Type: "LINUX_CONTAINER",
          ComputeType: "BUILD_GENERAL1_SMALL",
          Image: "aws/codebuild/standard:7.0",
        },
      },
    },
  },
});

let cloud: Cloud;
let log: Awaited<ReturnType<typeof logOf>>;

const stack = (answer: string) => ({
  StackName: "app",
  TemplateBody: JSON.stringify(template(answer)),
  Capabilities: ["CAPABILITY_NAMED_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const],
});

beforeAll(async () => {
  cloud = await startCloud();
  log = await logOf(cloud);
  const client = new CloudFormationClient(cloud.clientConfig());
  await client.send(new CreateStackCommand(stack("old")));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: "app" });
}, 90_000);
afterAll(() => cloud.stop());

const TIMES = { timeout: 30_000, interval: 100 };
const parentOf = ({ traceId = "" }: CallView) => /Parent=([^;]+)/.exec(traceId)?.[1];
const rootOf = ({ traceId = "" }: CallView) => /Root=([^;]+)/.exec(traceId)?.[1] ?? "";

/** Waits for a line in any trace; gives it with the others of its trace, by their lines. */
const traceWith = (line: string | RegExp) =>
  vi.waitFor(async () => {
    const found = (await log("trace=-")).find((call) => lineOf(call).match(line) && !call.running);
    if (!found) throw new Error(`no ${line} yet`);
    const calls = await log(`trace=${rootOf(found)}`);
    return { found, lines: calls.map(lineOf), calls };
  }, TIMES);

test("what a function calls lies within its run", { timeout: 60_000 }, async () => {
  const { Payload } = await new LambdaClient(cloud.clientConfig()).send(new InvokeCommand({ FunctionName: "lists" }));
  const { found, calls } = await traceWith("s3:ListBuckets");
  const invoke = calls.find((call) => lineOf(call) === "lambda:Invoke");
  expect(parentOf(found)).toBe(invoke?.segment);
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toContain(`;Parent=${invoke?.segment}`);
});

test("a run is told of while who called waits for it", { timeout: 60_000 }, async () => {
  const client = new LambdaClient(cloud.clientConfig());
  await using waiting = createServer();
  await new Promise<void>((resolve) => waiting.listen(0, "127.0.0.1", resolve));
  const asked = once(waiting, "request");
  const Payload = Buffer.from(JSON.stringify(`http://127.0.0.1:${(waiting.address() as AddressInfo).port}/`));
  const invoked = client.send(new InvokeCommand({ FunctionName: "waits", Payload }));
  const [, response] = await asked;
  const begun = (await log("trace=-")).find(({ operation, running }) => operation === "Invoke" && running);
  response.end("go");
  await invoked;
  expect(begun).toMatchObject({ service: "lambda", segment: expect.any(String) });
  const lines = (await log("trace=-")).filter(({ segment }) => segment === begun?.segment);
  expect(lines).toEqual([expect.not.objectContaining({ running: true })]);
});

test("an event that is queued runs within the call that queued it", { timeout: 60_000 }, async () => {
  await new LambdaClient(cloud.clientConfig()).send(
    new InvokeCommand({ FunctionName: "lists", InvocationType: "Event" }),
  );
  const { found, calls } = await traceWith(/^lambda:Run lists \(an asynchronous event\)/);
  expect(parentOf(found)).toBe(calls.find((call) => lineOf(call) === "lambda:Invoke")?.segment);
  await vi.waitFor(async () => {
    const listed = (await log(`trace=${rootOf(found)}`)).find((call) => lineOf(call) === "s3:ListBuckets");
    expect(parentOf(listed ?? found)).toBe(found.segment);
  }, TIMES);
});

test("what an alarm brings about is a trace", { timeout: 60_000 }, async () => {
  const change = { AlarmName: "errors", StateValue: "ALARM" as const, StateReason: "a drill" };
  await new CloudWatchClient(cloud.clientConfig()).send(new SetAlarmStateCommand(change));
  const { lines, calls, found } = await traceWith(/^lambda:Run hears/);
  expect(lines).toEqual(expect.arrayContaining(["cloudwatch:Action of the alarm errors", "sns:Publish"]));
  const publish = calls.find((call) => lineOf(call) === "sns:Publish");
  expect(parentOf(publish ?? found)).toBe(calls.find(({ service }) => service === "cloudwatch")?.segment);
});

test("the builds of a batch lie within it", { timeout: 60_000 }, async () => {
  await new CodeBuildClient(cloud.clientConfig()).send(new StartBuildBatchCommand({ projectName: "parts" }));
  const { found, calls } = await traceWith("codebuild:Batch of parts");
  expect(found.error).toBeUndefined();
  expect(calls.filter((call) => lineOf(call) === "codebuild:Build of parts").map(parentOf)).toEqual(
    expect.arrayContaining([found.segment, found.segment]),
  );
});

test("what a schedule calls is a trace", { timeout: 60_000 }, async () => {
  const arn = (resource: string) => `arn:aws:${resource.replace("ACCOUNT", cloud.accountId)}`;
  await new SchedulerClient(cloud.clientConfig()).send(
    new CreateScheduleCommand({
      Name: "soon",
      ScheduleExpression: "rate(1 minute)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: arn("lambda:us-east-1:ACCOUNT:function:hears"), RoleArn: arn("iam::ACCOUNT:role/clock") },
    }),
  );
  cloud.clock.advance(61_000);
  await vi.waitFor(async () => {
    const calls = await log("trace=-");
    const byRole = calls.find((call) => lineOf(call) === "lambda:Invoke" && call.roleArn?.endsWith("role/clock"));
    if (!byRole) throw new Error("it has not called yet");
    const lines = (await log(`trace=${rootOf(byRole)}`)).map(lineOf);
    expect(lines).toEqual(expect.arrayContaining(["sts:AssumeRole", "lambda:Run hears (an asynchronous event)"]));
  }, TIMES);
});

test("a deployment is told of while it is under way", { timeout: 60_000 }, async () => {
  await new CloudFormationClient(cloud.clientConfig()).send(new UpdateStackCommand(stack("new")));
  const running = await vi.waitFor(async () => {
    const calls = await log("trace=-");
    const deployment = calls.find(({ operation, running: now }) => operation.startsWith("Deployment ") && now);
    const shifted = calls.find(
      (call) => lineOf(call) === "lambda:UpdateAlias" && parentOf(call) === deployment?.segment,
    );
    if (!deployment || !shifted) throw new Error("it has not shifted traffic yet");
    return deployment;
  }, TIMES);
  cloud.clock.advance(5 * 60_000);
  const { found } = await traceWith(`codedeploy:${running.operation}`);
  expect([found.segment, found.decision, found.time > running.time]).toEqual([running.segment, "allowed", true]);
});
