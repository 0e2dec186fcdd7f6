import {
  CodeCommitClient,
  CreateBranchCommand,
  CreateRepositoryCommand,
  PutFileCommand,
} from "@aws-sdk/client-codecommit";
import {
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Action, declared, pipelineCloud } from "../testPipeline.ts";

const PIPELINE = "arn:aws:codepipeline:us-east-1:123456789012:app";
const S3 = "s3:*";
const CODECOMMIT = ["GetBranch", "GetCommit", "UploadArchive", "GetUploadArchiveStatus"].map(
  (name) => `codecommit:${name}`,
);

const publish: Action = {
  name: "Publish",
  actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
  configuration: { BucketName: "artifacts", Extract: "true" },
  inputArtifacts: [{ name: "App" }],
};

const made = async (actions: readonly string[], configuration: Record<string, string> = {}) => {
  const { cloud, client } = await pipelineCloud(actions);
  const commits = cloud.client(CodeCommitClient);
  await commits.send(new CreateRepositoryCommand({ repositoryName: "app" }));
  let parentCommitId: string | undefined;
  const put = async (text: string, branchName = "main") => {
    const file = { filePath: "file", fileContent: Buffer.from(text), commitMessage: text };
    ({ commitId: parentCommitId } = await commits.send(
      new PutFileCommand({ repositoryName: "app", branchName, parentCommitId, ...file }),
    ));
    await cloud.tasks.idle();
    return parentCommitId ?? "";
  };
  const source: Action = {
    name: "Source",
    actionTypeId: { category: "Source", owner: "AWS", provider: "CodeCommit", version: "1" },
    configuration: { RepositoryName: "app", BranchName: "main", ...configuration },
    outputArtifacts: [{ name: "App" }],
  };
  const launch = async () => {
    const stages = [
      { name: "Source", actions: [source] },
      { name: "Publish", actions: [publish] },
    ];
    await client.send(new CreatePipelineCommand(declared(stages)));
    await cloud.tasks.idle();
  };
  const runs = async () => {
    const asked = new ListPipelineExecutionsCommand({ pipelineName: "app" });
    const { pipelineExecutionSummaries = [] } = await client.send(asked);
    return pipelineExecutionSummaries.map(({ trigger, sourceRevisions }) => [
      trigger?.triggerType,
      sourceRevisions?.[0]?.revisionSummary,
    ]);
  };
  const firstAction = async () => {
    const asked = new ListActionExecutionsCommand({ pipelineName: "app" });
    return (await client.send(asked)).actionExecutionDetails?.at(-1)?.output;
  };
  return { cloud, commits, put, launch, runs, firstAction, [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

it("takes the branch's head with four permissions, and each commit after it", async () => {
  await using app = await made([S3, ...CODECOMMIT]);
  const commitId = await app.put("one");
  await app.launch();
  expect((await app.firstAction())?.outputVariables).toEqual({
    AuthorDate: expect.stringMatching(/Z$/),
    BranchName: "main",
    CommitId: commitId,
    CommitMessage: "one",
    CommitterDate: expect.stringMatching(/Z$/),
    RepositoryName: "app",
  });
  await app.commits.send(new CreateBranchCommand({ repositoryName: "app", branchName: "side", commitId }));
  await app.put("two");
  expect(await app.runs()).toEqual([
    ["PollForSourceChanges", "two"],
    ["CreatePipeline", "one"],
  ]);
});

it("is started by a rule on the repository's events where it does not look itself, at the commit that the rule names", async () => {
  await using app = await made([S3, ...CODECOMMIT], { PollForSourceChanges: "false" });
  await app.put("one");
  await app.launch();
  await app.put("two");
  expect(await app.runs()).toEqual([["CreatePipeline", "one"]]);
  const RoleArn = await serviceRole(app.cloud.client(IAMClient), "starter", "events", [
    "codepipeline:StartPipelineExecution",
  ]);
  const events = app.cloud.client(EventBridgeClient);
  const EventPattern = JSON.stringify({
    source: ["aws.codecommit"],
    "detail-type": ["CodeCommit Repository State Change"],
    resources: ["arn:aws:codecommit:us-east-1:123456789012:app"],
    detail: { event: ["referenceCreated", "referenceUpdated"], referenceType: ["branch"], referenceName: ["main"] },
  });
  await events.send(new PutRuleCommand({ Name: "pushes", EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: "pushes", Targets: [{ Id: "1", Arn: PIPELINE, RoleArn }] }));
  await app.put("three");
  const before = [
    ["CloudWatchEvent", "three"],
    ["CreatePipeline", "one"],
  ];
  expect(await app.runs()).toEqual(before);
  const revision = { actionName: "Source", revisionType: "COMMIT_ID", revisionValue: "<revision>" };
  const InputTransformer = {
    InputPathsMap: { revision: "$.detail.oldCommitId" },
    InputTemplate: JSON.stringify({ sourceRevisions: [revision] }),
  };
  const target = { Id: "1", Arn: PIPELINE, RoleArn, InputTransformer };
  await events.send(new PutTargetsCommand({ Rule: "pushes", Targets: [target] }));
  await app.put("four");
  expect(await app.runs()).toEqual([["CloudWatchEvent", "three"], ...before]);
});

it.each(["GetBranch", "GetCommit", "UploadArchive"])("fails where its role lacks codecommit:%s", async (missing) => {
  await using app = await made([S3, ...CODECOMMIT.filter((action) => !action.endsWith(missing))]);
  await app.put("one");
  await app.launch();
  const { code, message } = (await app.firstAction())?.executionResult?.errorDetails ?? {};
  expect(code).toBe("PermissionError");
  expect(message).toContain("the permissions required to access the AWS CodeCommit repository named app");
  expect(message).toContain(`is not authorized to perform: codecommit:${missing}`);
});

it("says which branch or repository is not there", async () => {
  await using app = await made([S3, ...CODECOMMIT], { BranchName: "none" });
  await app.put("one");
  await app.launch();
  expect((await app.firstAction())?.executionResult?.errorDetails).toMatchObject({
    code: "ConfigurationError",
    message: expect.stringContaining("no branch named none was found in the selected AWS CodeCommit repository app"),
  });
});
