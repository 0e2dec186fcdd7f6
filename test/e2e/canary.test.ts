import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackRollbackComplete,
  waitUntilStackUpdateComplete,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, DescribeAlarmHistoryCommand } from "@aws-sdk/client-cloudwatch";
import { CodeDeployClient, GetDeploymentTargetCommand, ListDeploymentsCommand } from "@aws-sdk/client-codedeploy";
import { GetAliasCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { socketCloud } from "../socket/clouds.ts";

const LIMIT_MS = 180_000;
const StackName = "shop";
/** A minute of the cloud each second: long enough to see a canary, short enough to wait for its alarm. */
const TIME_SCALE = 60;

const HOOK = [
  'const { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } = require("@aws-sdk/client-codedeploy");',
  "exports.handler = ({ DeploymentId: deploymentId, LifecycleEventHookExecutionId: lifecycleEventHookExecutionId }) =>",
  "  new CodeDeployClient({}).send(new PutLifecycleEventHookExecutionStatusCommand({",
  "    deploymentId, lifecycleEventHookExecutionId, status: process.env.STATUS }));",
].join("\n");

/** A SAM application whose function is released by a canary, with a check before it and an alarm on its errors. */
const template = (code: string, hookStatus = "Succeeded") =>
  JSON.stringify({
    Transform: "AWS::Serverless-2016-10-31",
    Globals: { Function: { Runtime: "nodejs22.x", Handler: "index.handler", Timeout: 900 } },
    Resources: {
      Get: {
        Type: "AWS::Serverless::Function",
        Properties: {
          InlineCode: code,
          AutoPublishAlias: "live",
          DeploymentPreference: {
            Type: "Canary10Percent30Minutes",
            Hooks: { PreTraffic: { Ref: "Check" } },
            Alarms: [{ Ref: "Errors" }],
          },
        },
      },
      Check: {
        Type: "AWS::Serverless::Function",
        Properties: {
          FunctionName: "CodeDeployHook_check",
          InlineCode: HOOK,
          DeploymentPreference: { Enabled: false },
          Environment: { Variables: { STATUS: hookStatus } },
          Policies: [
            {
              Version: "2012-10-17",
              Statement: [
                { Effect: "Allow", Action: "codedeploy:PutLifecycleEventHookExecutionStatus", Resource: "*" },
              ],
            },
          ],
        },
      },
      Errors: {
        Type: "AWS::CloudWatch::Alarm",
        Properties: {
          Namespace: "AWS/Lambda",
          MetricName: "Errors",
          Dimensions: [
            { Name: "Resource", Value: { "Fn::Sub": "${Get}:live" } },
            { Name: "FunctionName", Value: { Ref: "Get" } },
            { Name: "ExecutedVersion", Value: { "Fn::GetAtt": ["Get.Version", "Version"] } },
          ],
          Statistic: "Sum",
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 0,
          ComparisonOperator: "GreaterThanThreshold",
        },
      },
    },
    Outputs: { Name: { Value: { Ref: "Get" } } },
  });

const GOOD = (text: string) => `exports.handler = async () => "${text}";`;
const BAD = 'exports.handler = async () => { throw new Error("broken on purpose"); };';
const Capabilities = ["CAPABILITY_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const];

const shop = async () => {
  const running = await socketCloud("memory", { timeScale: TIME_SCALE });
  const { config } = running;
  const cloudFormation = new CloudFormationClient(config);
  const lambda = new LambdaClient(config);
  const codeDeploy = new CodeDeployClient(config);
  const waiter = { client: cloudFormation, maxWaitTime: 150, minDelay: 1, maxDelay: 1 };
  await cloudFormation.send(new CreateStackCommand({ StackName, Capabilities, TemplateBody: template(GOOD("one")) }));
  const created = await waitUntilStackCreateComplete(waiter, { StackName });
  const FunctionName: string = created.reason.Stacks[0].Outputs[0].OutputValue;
  const alias = () => lambda.send(new GetAliasCommand({ FunctionName, Name: "live" }));
  const update = (TemplateBody: string) =>
    cloudFormation.send(new UpdateStackCommand({ StackName, Capabilities, TemplateBody }));
  const invoke = async () => {
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live" }));
    return FunctionError ?? Payload?.transformToString();
  };
  const canaryIsOut = async () => {
    while (Object.keys((await alias()).RoutingConfig?.AdditionalVersionWeights ?? {}).length === 0);
  };
  const deployment = async () => {
    const { deployments = [] } = await codeDeploy.send(new ListDeploymentsCommand({}));
    return deployments;
  };
  return {
    ...running,
    name: FunctionName,
    cloudFormation,
    codeDeploy,
    waiter,
    alias,
    update,
    invoke,
    canaryIsOut,
    deployment,
    lambda,
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
};

test("a canary is seen with its weight, and its bake is over when the clock is moved on", {
  timeout: LIMIT_MS,
}, async () => {
  await using app = await shop();
  await app.update(template(GOOD("two")));
  await app.canaryIsOut();
  expect(await app.alias()).toMatchObject({
    FunctionVersion: "1",
    RoutingConfig: { AdditionalVersionWeights: { "2": 0.1 } },
  });
  const [deploymentId] = await app.deployment();
  const { deploymentTarget } = await app.codeDeploy.send(
    new GetDeploymentTargetCommand({ deploymentId, targetId: `${app.name}:live` }),
  );
  expect(deploymentTarget?.lambdaTarget?.lambdaFunctionInfo).toMatchObject({
    targetVersion: "2",
    targetVersionWeight: 10,
  });
  app.cloud.clock.advance(30 * 60_000);
  await waitUntilStackUpdateComplete(app.waiter, { StackName });
  expect((await app.alias()).FunctionVersion).toBe("2");
  expect(await app.invoke()).toBe('"two"');
});

test("an alarm in the bake stops the deployment, takes traffic back, and rolls the stack back", {
  timeout: LIMIT_MS,
}, async () => {
  await using app = await shop();
  await app.update(template(BAD));
  await app.canaryIsOut();
  while ((await app.invoke()) !== "Unhandled");
  await waitUntilStackRollbackComplete(app.waiter, { StackName });
  const { FunctionVersion, RoutingConfig } = await app.alias();
  expect([FunctionVersion, RoutingConfig?.AdditionalVersionWeights ?? {}]).toEqual(["1", {}]);
  expect(await app.invoke()).toBe('"one"');
  const { StackEvents = [] } = await app.cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  expect(StackEvents.map(({ ResourceStatusReason = "" }) => ResourceStatusReason).join("\n")).toContain(
    "alarms have been activated",
  );
  const { AlarmHistoryItems = [] } = await new CloudWatchClient(app.config).send(
    new DescribeAlarmHistoryCommand({ HistoryItemType: "StateUpdate" }),
  );
  expect(AlarmHistoryItems.map(({ HistorySummary = "" }) => HistorySummary).join()).toContain("to ALARM");
});

test("a check that says no keeps all traffic on the old version", { timeout: LIMIT_MS }, async () => {
  await using app = await shop();
  await app.update(template(GOOD("two"), "Failed"));
  await waitUntilStackRollbackComplete(app.waiter, { StackName });
  expect((await app.alias()).FunctionVersion).toBe("1");
  expect(await app.invoke()).toBe('"one"');
});
