import { CodeBuildClient, CreateProjectCommand } from "@aws-sdk/client-codebuild";
import { CodePipelineClient, CreatePipelineCommand, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Cloud, startCloud } from "../../../index.ts";
import { zipOf } from "../artifacts.ts";
import { declared, makeGround, stagesOf } from "../testPipeline.ts";

const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
const BUILDSPEC = `version: 0.2
batch:
  build-list:
    - identifier: one
    - identifier: two
phases:
  build:
    commands: ["echo $CODEBUILD_BATCH_BUILD_IDENTIFIER > $CODEBUILD_BATCH_BUILD_IDENTIFIER.txt"]
artifacts:
  files: ["*.txt"]
`;

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud({ port: 0, credentials: CREDENTIALS, accountId: "123456789012" });
});
afterEach(() => cloud[Symbol.asyncDispose]());
const client = <C>(Client: new (config: object) => C): C =>
  new Client({ endpoint: cloud.endpoint, region: "us-east-1", credentials: CREDENTIALS, forcePathStyle: true });

it("runs a batch of builds and puts what they give into one place", { timeout: 120_000 }, async () => {
  await makeGround({ client }, ["*"]);
  await client(S3Client).send(
    new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await zipOf("buildspec.yml", BUILDSPEC) }),
  );
  const role = await serviceRole(client(IAMClient), "build", "codebuild", ["s3:*", "logs:*", "codebuild:*"]);
  await client(CodeBuildClient).send(
    new CreateProjectCommand({
      name: "batch",
      source: { type: "CODEPIPELINE" },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "aws/codebuild/standard:7.0",
        computeType: "BUILD_GENERAL1_SMALL",
      },
      serviceRole: role,
      buildBatchConfig: { serviceRole: role },
    }),
  );
  const build = {
    name: "Build",
    actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" } as const,
    configuration: { ProjectName: "batch", BatchEnabled: "true", CombineArtifacts: "true" },
    inputArtifacts: [{ name: "App" }],
    outputArtifacts: [{ name: "Built" }],
  };
  const pipeline = client(CodePipelineClient);
  await pipeline.send(new CreatePipelineCommand(declared(stagesOf([build]), { pipelineType: "V2" })));
  await cloud.tasks.idle();
  const { actionExecutionDetails: [ran] = [] } = await pipeline.send(
    new ListActionExecutionsCommand({ pipelineName: "app" }),
  );
  expect([ran?.status, ran?.output?.executionResult?.errorDetails]).toEqual(["Succeeded", undefined]);
  expect(ran?.output?.outputArtifacts).toHaveLength(1);
});
