import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { ListBucketsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { socketCloud, temporaryDirectory } from "../socket/clouds.ts";
import { ask, plainEnvironment, ROOT, run } from "./aloftCli.ts";
import { ENVIRONMENT, STACK, writeAssembly } from "./cdkAssembly.ts";

const LIMIT_MS = 300_000;

test("the CDK's own command bootstraps, deploys, diffs, hotswaps and destroys", { timeout: LIMIT_MS }, async () => {
  await using running = await socketCloud("memory");
  using folder = temporaryDirectory();
  const home = join(folder.path, "home");
  mkdirSync(home);
  const { endpoint, region, credentials } = running.config;
  const env = {
    ...plainEnvironment(home),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    CDK_DISABLE_VERSION_CHECK: "1",
    CDK_DISABLE_CLI_TELEMETRY: "true",
    CI: "true",
  };
  const assembly = join(folder.path, "cdk.out");
  const cdk = async (...args: readonly string[]) => {
    const command = join(ROOT, "node_modules", "aws-cdk", "bin", "cdk");
    const all = [command, "--app", assembly, "--no-notices", "--no-color", ...args];
    const ended = await run(process.execPath, all, { cwd: folder.path, env, timeoutMs: LIMIT_MS });
    expect(ended.status, ended.all).toBe(0);
    return ended.all;
  };
  const cloudFormation = new CloudFormationClient(running.config);
  const s3 = new S3Client(running.config);
  const outputs = async () => {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
    return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map((each) => [each.OutputKey, each.OutputValue ?? ""]));
  };
  const answer = async () => JSON.parse((await ask((await outputs())["Url"] ?? "")).body);

  writeAssembly(assembly, { greeting: "hello" });
  expect(await cdk("bootstrap", ENVIRONMENT)).toContain("bootstrapped");
  // A second time there is nothing to do, and that is no failure.
  expect(await cdk("bootstrap", ENVIRONMENT)).toContain("no changes");
  expect(await cdk("diff", STACK)).toContain("[+] AWS::DynamoDB::Table");
  await cdk("deploy", STACK, "--require-approval", "never");
  expect(await answer()).toEqual({ greeting: "hello", rows: 0 });
  expect(await cdk("deploy", STACK, "--require-approval", "never")).toContain("no changes");

  writeAssembly(assembly, { greeting: "welcome" });
  expect(await cdk("diff", STACK)).toMatch(/\[~\] AWS::Lambda::Function/);
  await cdk("deploy", STACK, "--require-approval", "never");
  expect(await answer()).toEqual({ greeting: "welcome", rows: 0 });

  writeAssembly(assembly, { greeting: "at once" });
  expect(await cdk("deploy", STACK, "--hotswap", "--require-approval", "never")).toContain("hotswapped");
  expect(await answer()).toEqual({ greeting: "at once", rows: 0 });

  const Bucket = (await outputs())["Bucket"];
  await s3.send(new PutObjectCommand({ Bucket, Key: "left", Body: "behind" }));
  await cdk("destroy", STACK, "--force");
  await expect(outputs()).rejects.toMatchObject({ name: "ValidationError" });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets.map(({ Name }) => Name)).not.toContain(Bucket);
});
