import { expect, it } from "vitest";
import { jobEvent } from "./jobEvent.ts";

it("hands a function where its artifacts are, and the key that they are encrypted with", () => {
  const location = { type: "S3" as const, s3Location: { bucketName: "artifacts", objectKey: "app/App/1" } };
  const id = { category: "Invoke", owner: "AWS", provider: "Lambda", version: "1" } as const;
  const shared = {
    actionConfiguration: { configuration: { FunctionName: "fn" } },
    artifactCredentials: { accessKeyId: "a", secretAccessKey: "s", sessionToken: "t" },
    encryptionKey: { id: "alias/mine", type: "KMS" as const },
    continuationToken: "more",
  };
  const pipelineContext = {
    pipelineName: "app",
    stage: { name: "Stage" },
    action: { name: "Call", actionExecutionId: "job" },
    pipelineArn: "arn",
    pipelineExecutionId: "run",
  };
  const inputArtifacts = [{ name: "App", location, revision: undefined }];
  const outputArtifacts = [{ name: "Out", location }];
  const data = { ...shared, actionTypeId: id, pipelineContext, inputArtifacts, outputArtifacts };
  expect(jobEvent({ id: "job", accountId: "123456789012", data })).toEqual({
    "CodePipeline.job": {
      id: "job",
      accountId: "123456789012",
      data: {
        ...shared,
        inputArtifacts: [{ name: "App", location, revision: null }],
        outputArtifacts: [{ name: "Out", location, revision: null }],
      },
    },
  });
});
