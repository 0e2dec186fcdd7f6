import * as codebuildModel from "@aws-sdk/client-codebuild";
import * as codepipelineModel from "@aws-sdk/client-codepipeline";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { defineService } from "../../../kernel/rooms.ts";

/** What builds and pipelines are asked to start with. */
const startsFake = () => {
  const asked: unknown[] = [];
  const shared = { scope: "region", open: () => ({}) } as const;
  const codebuild = defineService<object, "codebuild">({
    ...shared,
    ...{ name: "codebuild", model: codebuildModel },
    operations: {
      StartBuild: () => async (_ctx, input) => {
        asked.push(input);
        return {};
      },
    },
    iam: { StartBuild: () => [] },
  });
  const codepipeline = defineService<object, "codepipeline">({
    ...shared,
    ...{ name: "codepipeline", model: codepipelineModel },
    operations: {
      StartPipelineExecution: () => async (_ctx, input) => {
        asked.push(input);
        return {};
      },
    },
    iam: { StartPipelineExecution: () => [] },
  });
  return { asked, loaders: { codebuild: async () => codebuild, codepipeline: async () => codepipeline } };
};

it("starts builds and pipelines with what a target's input says, and with nothing of an event as it is", async () => {
  const { asked, loaders } = startsFake();
  await using cloud = await testCloud({ loaders });
  const RoleArn = await serviceRole(cloud.client(IAMClient), "starter", "events", "*");
  const events = cloud.client(EventBridgeClient);
  await events.send(new PutRuleCommand({ Name: "all", EventPattern: JSON.stringify({ source: ["mine"] }) }));
  const build = "arn:aws:codebuild:us-east-1:123456789012:project/app";
  const pipeline = "arn:aws:codepipeline:us-east-1:123456789012:road";
  const InputTransformer = {
    InputPathsMap: { commit: "$.detail.commit" },
    InputTemplate: '{"sourceVersion": <commit>, "environmentVariablesOverride": [{"name": "FROM", "value": "a rule"}]}',
  };
  const variables = [{ name: "Kind", value: "nightly" }];
  const Targets = [
    { Id: "1", Arn: build, RoleArn, InputTransformer },
    { Id: "2", Arn: build, RoleArn },
    { Id: "3", Arn: pipeline, RoleArn, Input: JSON.stringify({ variables, name: "another" }) },
  ];
  await events.send(new PutTargetsCommand({ Rule: "all", Targets }));
  const Detail = JSON.stringify({ commit: "abc" });
  await events.send(new PutEventsCommand({ Entries: [{ Source: "mine", DetailType: "any", Detail }] }));
  await cloud.tasks.idle();
  expect(asked).toEqual(
    expect.arrayContaining([
      {
        projectName: "app",
        sourceVersion: "abc",
        environmentVariablesOverride: [{ name: "FROM", value: "a rule" }],
      },
      { projectName: "app" },
      { name: "road", variables, clientRequestToken: expect.stringMatching(/^[-0-9a-f]{36}$/) },
    ]),
  );
});
