import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cloud, startCloud } from "../../src/index.ts";
import { temporaryDirectory } from "../socket/clouds.ts";
import { aloft, type Ended, plainEnvironment } from "./aloftCli.ts";

/** `--target aws` reads nothing but what AWS's own clients read: here that names a cloud in AWS's place. */
const folder = temporaryDirectory();
const calls: string[] = [];
let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud({
    onCall: ({ service, operation, userAgent }) => userAgent && calls.push(`${service}:${operation}`),
  });
});
afterAll(async () => {
  await cloud.stop();
  folder[Symbol.dispose]();
});

const cli = (more: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> => {
  const env = { ...plainEnvironment(folder.path), AWS_EC2_METADATA_DISABLED: "true", ...more };
  return aloft({ cwd: folder.path, env, state: join(folder.path, "state"), port: 1 })(...args, "--target", "aws");
};
const credentials = () => ({
  AWS_ENDPOINT_URL: cloud.endpoint,
  AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
});

test("without credentials it says which are wanted", { timeout: 120_000 }, async () => {
  const { status, all } = await cli({}, "runs");
  expect([status, all]).toEqual([1, expect.stringMatching(/There are no AWS credentials[\s\S]*Next: aws configure/)]);
});

test("credentials that are not accepted are told by AWS's own words", { timeout: 120_000 }, async () => {
  const { status, all } = await cli({ ...credentials(), AWS_SECRET_ACCESS_KEY: "another" }, "tables");
  expect([status, all]).toEqual([1, expect.stringMatching(/InvalidSignatureException[\s\S]*Next: aws sts/)]);
});

test("with them it makes AWS's own calls, and says where they go", { timeout: 120_000 }, async () => {
  writeFileSync(join(folder.path, "template.yaml"), "Resources: { News: { Type: AWS::SNS::Topic } }\n");
  const { status, all } = await cli(credentials(), "deploy", "--stack-name", "news");
  expect([status, all]).toEqual([0, expect.stringContaining(`AWS_ENDPOINT_URL is set: ${cloud.endpoint}`)]);
  expect(calls).toEqual(expect.arrayContaining(["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"]));
  const runs = await cli(credentials(), "runs", "--json");
  expect([runs.status, JSON.parse(runs.stdout)]).toEqual([0, []]);
});
