import { expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, type TestCloud, testCloud } from "../../../test/harness.ts";
import { awsCli, whyNoAwsCli } from "../../../test/socket/awsCli.ts";
import { socketCloud, temporaryDirectory } from "../../../test/socket/clouds.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { launchedRule } from "./testNotifications.ts";

const LIMIT_MS = 180_000;
const pipelineArn = `arn:aws:codepipeline:${TEST_REGION}:${TEST_ACCOUNT}:shop`;

/** A stack of a rule on the pipeline. */
const launched = (cloud: TestCloud, detailType: "BASIC" | "FULL", eventTypes: readonly string[]) =>
  launchedRule(cloud, { detailType, eventTypes, resource: pipelineArn });

/** An event as CodePipeline announces it. */
const happen = async (cloud: TestCloud, kind: "Action" | "Pipeline" | "Stage", detail: JsonObject) => {
  cloud.events.emit({
    id: "e",
    time: cloud.clock.now(),
    source: "aws.codepipeline",
    detailType: `CodePipeline ${kind} Execution State Change`,
    account: TEST_ACCOUNT,
    region: TEST_REGION,
    resources: [pipelineArn],
    detail: { pipeline: "shop", "execution-id": "x", ...detail },
  });
  await cloud.tasks.idle();
};

const failedAction = {
  stage: "Build",
  action: "Compile",
  state: "FAILED",
  type: { owner: "AWS", provider: "CodeBuild", category: "Build", version: "1" },
  "execution-result": { "external-execution-summary": "tsc found 3 errors" },
};

test("a rule tells its topic of a failed pipeline, with what failed", async () => {
  await using cloud = await testCloud();
  const { told, ruleArn } = await launched(cloud, "FULL", ["codepipeline-pipeline-pipeline-execution-failed"]);
  expect(ruleArn).toMatch(/^arn:aws:codestar-notifications:us-east-1:123456789012:notificationrule\/[0-9a-f]{40}$/);
  await happen(cloud, "Pipeline", { state: "STARTED" });
  await happen(cloud, "Action", failedAction);
  await happen(cloud, "Pipeline", { state: "FAILED" });
  expect(await told()).toEqual([
    {
      account: TEST_ACCOUNT,
      detailType: "CodePipeline Pipeline Execution State Change",
      region: TEST_REGION,
      source: "aws.codepipeline",
      time: "2026-01-01T00:00:00Z",
      notificationRuleArn: ruleArn,
      detail: { pipeline: "shop", "execution-id": "x", state: "FAILED" },
      resources: [pipelineArn],
      additionalAttributes: {
        failedActionCount: 1,
        failedActions: [{ action: "Compile", additionalInformation: "tsc found 3 errors" }],
        failedStage: "Build",
      },
    },
  ]);
});

test("a failed action is told of with what it says of its failure", async () => {
  await using cloud = await testCloud();
  const { told } = await launched(cloud, "FULL", ["codepipeline-pipeline-action-execution-failed"]);
  await happen(cloud, "Action", failedAction);
  expect(await told()).toMatchObject([{ additionalAttributes: { additionalInformation: "tsc found 3 errors" } }]);
});

test("a stage is told of with what the sources took, and a failed one with what failed in it", async () => {
  await using cloud = await testCloud();
  const stage = "codepipeline-pipeline-stage-execution";
  const { told } = await launched(cloud, "FULL", [`${stage}-started`, `${stage}-failed`]);
  const source = {
    sourceActionName: "Source",
    sourceActionProvider: "CodeCommit",
    sourceActionVariables: { BranchName: "main", CommitId: "c", RepositoryName: "r" },
  };
  await happen(cloud, "Stage", { stage: "Source", state: "STARTED" });
  cloud.events.emit({
    id: "s",
    time: cloud.clock.now(),
    source: "aloft.codepipeline",
    detailType: "Source Taken",
    account: TEST_ACCOUNT,
    region: TEST_REGION,
    resources: [pipelineArn],
    detail: { pipeline: "shop", "execution-id": "x", source },
  });
  await happen(cloud, "Stage", { stage: "Build", state: "STARTED" });
  await happen(cloud, "Action", failedAction);
  await happen(cloud, "Stage", { stage: "Build", state: "FAILED" });
  const messages = (await told()) as { detail: object; additionalAttributes: object }[];
  expect(messages.map(({ additionalAttributes }) => additionalAttributes)).toEqual([
    {},
    { sourceActions: [source] },
    {
      sourceActions: [source],
      failedActionCount: 1,
      failedActions: [{ action: "Compile", additionalInformation: "tsc found 3 errors" }],
      failedStage: "Build",
    },
  ]);
});

test("an approval that is waited for is told of, and a rule that is gone tells nothing", async () => {
  await using cloud = await testCloud();
  const { told, stack } = await launched(cloud, "BASIC", ["codepipeline-pipeline-manual-approval-needed"]);
  const approval = { ...failedAction, state: "STARTED", type: { ...failedAction.type, category: "Approval" } };
  await happen(cloud, "Action", { ...failedAction, state: "STARTED" });
  await happen(cloud, "Action", approval);
  expect(await told()).toMatchObject([{ detail: { action: "Compile" }, additionalAttributes: {} }]);
  await stack.delete();
  await happen(cloud, "Action", approval);
});

test.skipIf(whyNoAwsCli)("the AWS CLI makes, finds, changes and deletes rules", { timeout: LIMIT_MS }, async () => {
  await using running = await socketCloud("memory");
  using folder = temporaryDirectory();
  const aws = awsCli(running.cloud, folder.path);
  const notifications = (...args: readonly string[]) => aws.json("codestar-notifications", ...args);
  const { TopicArn } = await aws.json("sns", "create-topic", "--name", "t");
  const resource = `arn:aws:codebuild:us-east-1:${running.cloud.accountId}:project/p`;
  const create = (typeId: string, on = resource) =>
    notifications(
      ...["create-notification-rule", "--name", "r", "--resource", on, "--detail-type", "FULL"],
      ...["--event-type-ids", typeId, "--targets", `TargetType=SNS,TargetAddress=${TopicArn}`, "--tags", "team=web"],
    );
  const { Arn } = await create("codebuild-project-build-state-failed");
  await expect(create("codebuild-project-build-state-failed")).rejects.toThrow("ResourceAlreadyExistsException");
  await expect(create("codepipeline-pipeline-pipeline-execution-failed", `${resource}2`)).rejects.toThrow(
    "ValidationException",
  );
  await expect(create("codecommit-repository-branches-and-tags-created", TopicArn)).rejects.toThrow("NotImplemented");
  expect(await notifications("describe-notification-rule", "--arn", Arn)).toMatchObject({
    Name: "r",
    Status: "ENABLED",
    DetailType: "FULL",
    EventTypes: [
      { EventTypeId: "codebuild-project-build-state-failed", ServiceName: "CodeBuild", ResourceType: "Project" },
    ],
    Targets: [{ TargetAddress: TopicArn, TargetType: "SNS", TargetStatus: "ACTIVE" }],
    Tags: { team: "web" },
  });
  await aws.text("codestar-notifications", "update-notification-rule", "--arn", Arn, "--status", "DISABLED");
  await aws.text("codestar-notifications", "untag-resource", "--arn", Arn, "--tag-keys", "team");
  expect(await notifications("describe-notification-rule", "--arn", Arn)).toMatchObject({
    Status: "DISABLED",
    Tags: {},
  });
  const filter = `Name=RESOURCE,Value=${resource}`;
  expect((await notifications("list-notification-rules", "--filters", filter)).NotificationRules).toHaveLength(1);
  const types = await notifications("list-event-types", "--filters", "Name=SERVICE_NAME,Value=CodeDeploy");
  expect(types.EventTypes).toHaveLength(3);
  await expect(aws.text("codestar-notifications", "delete-target", "--target-address", TopicArn)).rejects.toThrow(
    "still subscribed",
  );
  await notifications("delete-notification-rule", "--arn", Arn);
  await expect(notifications("describe-notification-rule", "--arn", Arn)).rejects.toThrow("ResourceNotFoundException");
});
