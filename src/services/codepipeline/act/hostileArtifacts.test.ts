import {
  type CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { archiveOf } from "../../../engines/build/zip/testArchive.ts";
import { declared, endOf, pipelineCloud, stagesOf } from "../testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;
let s3: S3Client;
beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud());
  s3 = cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "site" }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

it.each([
  ["a path that climbs", () => archiveOf([["../../evil", "x"]]), /invalid relative path: \.\.\/\.\.\/evil/],
  ["an absolute path", () => archiveOf([["/etc/evil", "x"]]), /absolute path: \/etc\/evil/],
  ["bytes that are no zip", async () => Buffer.from("not a zip"), /end of central directory/i],
])("an artifact with %s fails its deployment, and nothing is put", async (_what, archive, message) => {
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: await archive() }));
  const actionTypeId = { category: "Deploy", owner: "AWS", provider: "S3", version: "1" } as const;
  const configuration = { BucketName: "site", Extract: "true" };
  const publish = { name: "Publish", actionTypeId, configuration, inputArtifacts: [{ name: "App" }] };
  await client.send(new CreatePipelineCommand(declared(stagesOf([publish]))));
  expect(await endOf(client)).toBe("Failed");
  const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName: "app" }));
  expect(actionExecutionDetails[0]?.output?.executionResult?.errorDetails?.message).toMatch(message);
  expect((await s3.send(new ListObjectsV2Command({ Bucket: "site" }))).Contents ?? []).toEqual([]);
});
