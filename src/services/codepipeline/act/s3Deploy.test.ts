import { type CodePipelineClient, CreatePipelineCommand } from "@aws-sdk/client-codepipeline";
import { CreateBucketCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { type Action, declared, endOf, pipelineCloud, stagesOf } from "../testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud());
  await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "site" }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

it("puts the time and an id of its own into the key, where it says so, under the key that it names", async () => {
  const time = new Date(cloud.clock.now()).toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-");
  const publish: Action = {
    name: "Publish",
    actionTypeId: { category: "Deploy", owner: "AWS", provider: "S3", version: "1" },
    configuration: {
      BucketName: "site",
      Extract: "false",
      ObjectKey: "releases/{datetime}/{uuid}.zip",
      KMSEncryptionKeyARN: "alias/aws/s3",
    },
    inputArtifacts: [{ name: "App" }],
  };
  await client.send(new CreatePipelineCommand(declared(stagesOf([publish]))));
  expect(await endOf(client)).toBe("Succeeded");
  const { Contents } = await cloud.client(S3Client).send(new ListObjectsV2Command({ Bucket: "site" }));
  expect(Contents).toHaveLength(1);
  expect(Contents?.[0]?.Key).toMatch(new RegExp(`^releases/${time}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.zip$`));
  const Key = Contents?.[0]?.Key;
  expect(await cloud.client(S3Client).send(new HeadObjectCommand({ Bucket: "site", Key }))).toMatchObject({
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//),
  });
});
