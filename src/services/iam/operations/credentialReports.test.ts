import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { keyOf } from "../../../../test/userKey.ts";

test("the report tells of every user's password, second factor and keys", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  expect(await refusal(iam.send(new GetCredentialReportCommand({})))).toMatch(/^CredentialReportNotPresentException/);
  for (const UserName of ["ada", "bob"]) await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new CreateLoginProfileCommand({ UserName: "bob", Password: "correct horse" }));
  const credentials = await keyOf(iam, "ada");
  await refusal(cloud.client(SQSClient, { credentials }).send(new ListQueuesCommand({})));
  await cloud.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  expect((await iam.send(new GenerateCredentialReportCommand({}))).State).toBe("STARTED");
  expect((await iam.send(new GenerateCredentialReportCommand({}))).State).toBe("COMPLETE");
  const { Content, ReportFormat, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}));
  expect([ReportFormat, GeneratedTime?.getTime()]).toEqual(["text/csv", cloud.clock.now()]);
  const [head = "", ...rows] = Buffer.from(Content ?? [])
    .toString()
    .split("\n");
  const columns = head.split(",");
  const cells = (row: string | undefined) =>
    Object.fromEntries((row ?? "").split(",").map((cell, at) => [columns[at], cell]));
  const now = new Date(cloud.clock.now()).toISOString().replace(/\.\d+Z$/, "+00:00");
  expect(cells(rows[0])).toMatchObject({ user: "<root_account>", arn: `arn:aws:iam::${TEST_ACCOUNT}:root` });
  expect(cells(rows[1])).toMatchObject({
    user: "ada",
    user_creation_time: now,
    password_enabled: "false",
    password_last_changed: "N/A",
    mfa_active: "false",
    access_key_1_active: "true",
    access_key_1_last_rotated: now,
    access_key_1_last_used_date: now,
    access_key_1_last_used_region: "us-east-1",
    access_key_1_last_used_service: "sts",
    access_key_2_active: "false",
    cert_2_last_rotated: "N/A",
  });
  expect(cells(rows[2])).toMatchObject({
    user: "bob",
    password_enabled: "true",
    password_last_used: "no_information",
    password_last_changed: now,
    access_key_1_last_used_date: "N/A",
  });
  cloud.clock.advance(4 * 3_600_000);
  expect(await refusal(iam.send(new GetCredentialReportCommand({})))).toMatch(/^CredentialReportExpiredException/);
});
