import { CodeCommitClient, PutFileCommand } from "@aws-sdk/client-codecommit";
import { CodePipelineClient, ListPipelineExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const att = (id: string, name: string) => ({ "Fn::GetAtt": [id, name] });
const role = (principal: object, ...statements: object[]) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: principal }],
      Version: "2012-10-17",
    },
    Policies: [{ PolicyName: "p", PolicyDocument: { Statement: statements, Version: "2012-10-17" } }],
  },
});
const allow = (Resource: unknown, ...Action: string[]) => ({ Action, Effect: "Allow", Resource });
const bucket = (name: string) => [att(name, "Arn"), { "Fn::Join": ["", [att(name, "Arn"), "/*"]] }];
const account = {
  AWS: { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":iam::", { Ref: "AWS::AccountId" }, ":root"]] },
};

/** What the CDK makes of a repository, and of a pipeline with a `CodeCommitSourceAction` that takes from it. */
const template = {
  Resources: {
    Repository: {
      Type: "AWS::CodeCommit::Repository",
      Properties: { RepositoryName: "app", RepositoryDescription: "d" },
    },
    Artifacts: { Type: "AWS::S3::Bucket" },
    Site: { Type: "AWS::S3::Bucket" },
    PipelineRole: role(
      { Service: "codepipeline.amazonaws.com" },
      allow(bucket("Artifacts"), "s3:GetObject*", "s3:GetBucket*", "s3:List*", "s3:PutObject*", "s3:DeleteObject*"),
      allow(att("SourceRole", "Arn"), "sts:AssumeRole"),
      allow(bucket("Site"), "s3:PutObject*", "s3:GetBucket*"),
    ),
    SourceRole: role(
      account,
      allow(bucket("Artifacts"), "s3:GetObject*", "s3:GetBucket*", "s3:List*", "s3:PutObject*", "s3:DeleteObject*"),
      allow(
        att("Repository", "Arn"),
        ...["CancelUploadArchive", "GetBranch", "GetCommit", "GetUploadArchiveStatus", "UploadArchive"].map(
          (name) => `codecommit:${name}`,
        ),
      ),
    ),
    Pipeline: {
      Type: "AWS::CodePipeline::Pipeline",
      Properties: {
        Name: "app",
        RoleArn: att("PipelineRole", "Arn"),
        ArtifactStore: { Type: "S3", Location: { Ref: "Artifacts" } },
        Stages: [
          {
            Name: "Source",
            Actions: [
              {
                Name: "Source",
                ActionTypeId: { Category: "Source", Owner: "AWS", Provider: "CodeCommit", Version: "1" },
                Configuration: {
                  RepositoryName: att("Repository", "Name"),
                  BranchName: "main",
                  PollForSourceChanges: false,
                },
                OutputArtifacts: [{ Name: "App" }],
                RoleArn: att("SourceRole", "Arn"),
                RunOrder: 1,
              },
            ],
          },
          {
            Name: "Publish",
            Actions: [
              {
                Name: "Publish",
                ActionTypeId: { Category: "Deploy", Owner: "AWS", Provider: "S3", Version: "1" },
                Configuration: { BucketName: { Ref: "Site" }, Extract: true },
                InputArtifacts: [{ Name: "App" }],
                RunOrder: 1,
              },
            ],
          },
        ],
      },
    },
    EventsRole: role(
      { Service: "events.amazonaws.com" },
      allow(
        {
          "Fn::Join": [
            "",
            ["arn:aws:codepipeline:", { Ref: "AWS::Region" }, ":", { Ref: "AWS::AccountId" }, ":", { Ref: "Pipeline" }],
          ],
        },
        "codepipeline:StartPipelineExecution",
      ),
    ),
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: {
        EventPattern: {
          source: ["aws.codecommit"],
          resources: [att("Repository", "Arn")],
          "detail-type": ["CodeCommit Repository State Change"],
          detail: { event: ["referenceCreated", "referenceUpdated"], referenceName: ["main"] },
        },
        State: "ENABLED",
        Targets: [
          {
            Arn: {
              "Fn::Join": [
                "",
                [
                  "arn:aws:codepipeline:",
                  { Ref: "AWS::Region" },
                  ":",
                  { Ref: "AWS::AccountId" },
                  ":",
                  { Ref: "Pipeline" },
                ],
              ],
            },
            Id: "Target0",
            RoleArn: att("EventsRole", "Arn"),
          },
        ],
      },
    },
  },
  Outputs: { Site: { Value: { Ref: "Site" } }, Url: { Value: att("Repository", "CloneUrlHttp") } },
};

it("a stack of the CDK's making deploys each commit", { timeout: 60_000 }, async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud, "app", ["CAPABILITY_IAM"]);
  const { status, outputs, reasons } = await stack.create(template);
  expect(status, reasons.join("; ")).toBe("CREATE_COMPLETE");
  expect(outputs["Url"]).toBe("http://git-codecommit.us-east-1.localhost:4566/v1/repos/app");
  const client = cloud.client(CodeCommitClient);
  const put = async (text: string, parentCommitId?: string) => {
    const file = { filePath: "index.html", fileContent: Buffer.from(text), parentCommitId };
    const { commitId } = await client.send(new PutFileCommand({ repositoryName: "app", branchName: "main", ...file }));
    await cloud.tasks.idle();
    const { Body } = await cloud
      .client(S3Client)
      .send(new GetObjectCommand({ Bucket: outputs["Site"], Key: "index.html" }));
    expect(await Body?.transformToString()).toBe(text);
    return commitId;
  };
  await put("two", await put("one"));
  const asked = new ListPipelineExecutionsCommand({ pipelineName: "app" });
  const { pipelineExecutionSummaries = [] } = await cloud.client(CodePipelineClient).send(asked);
  expect(pipelineExecutionSummaries.map(({ status: ended, trigger }) => [ended, trigger?.triggerType])).toEqual([
    ["Succeeded", "CloudWatchEvent"],
    ["Succeeded", "CloudWatchEvent"],
    ["Failed", "CreatePipeline"],
  ]);
});
