import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteResourcePolicyCommand,
  GetPolicyCommand,
  GetResourcePolicyCommand,
  PublishVersionCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { refusal } from "../../../../test/refusal.ts";
import { createHello, lambdaCloud } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
  await createHello(cloud.lambda);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const ResourceArn = "arn:aws:lambda:us-east-1:123456789012:function:hello";
const ALLOW = { Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunctionUrl", Resource: ResourceArn };
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const put = (Policy: string, more: { ResourceArn?: string; RevisionId?: string } = {}) =>
  cloud.lambda.send(new PutResourcePolicyCommand({ ResourceArn, Policy, ...more }));
const get = (of = ResourceArn) => cloud.lambda.send(new GetResourcePolicyCommand({ ResourceArn: of }));

test("shape: a policy is put whole, shown and deleted", async () => {
  const given = document({ Sid: "all", ...ALLOW });
  const made = await put(given);
  expect(JSON.parse(made.Policy ?? "")).toEqual(JSON.parse(given));
  expect(await get()).toMatchObject({ Policy: made.Policy, RevisionId: made.RevisionId });
  const again = await put(document(ALLOW), { RevisionId: made.RevisionId ?? "" });
  expect(again.RevisionId).not.toBe(made.RevisionId);
  const deleted = await cloud.lambda.send(new DeleteResourcePolicyCommand({ ResourceArn }));
  expect(deleted.$metadata.httpStatusCode).toBe(204);
  expect(await refusal(get())).toMatch(/^ResourceNotFoundException: /);
});

describe("refusals", () => {
  test.each([
    ["no JSON", "{", /no JSON object/],
    ["no statements", "{}", /no JSON object with statements/],
    ["an unknown effect", document({ ...ALLOW, Effect: "Perhaps" }), /Effect/],
    ["nobody", document({ ...ALLOW, Principal: undefined }), /no Principal/],
    ["another service's action", document({ ...ALLOW, Action: "s3:GetObject" }), /none of Lambda's/],
    ["another function", document({ ...ALLOW, Resource: `${ResourceArn}2` }), /Resource is not/],
  ])("a policy with %s", async (_name, policy, words) => {
    const said = await refusal(put(policy));
    expect(said).toMatch(/^InvalidParameterValueException: The provided policy document is not valid: /);
    expect(said).toMatch(words);
  });

  test("a policy that is too long, another revision; what is no function", async () => {
    expect(await refusal(put(document({ ...ALLOW, Sid: "x".repeat(20_480) })))).toMatch(
      /length less than or equal to 20480$/,
    );
    await put(document(ALLOW));
    const RevisionId = "00000000-0000-0000-0000-000000000000";
    expect(await refusal(put(document(ALLOW), { RevisionId }))).toMatch(/^PreconditionFailedException: /);
    const remove = new DeleteResourcePolicyCommand({ ResourceArn, RevisionId });
    expect(await refusal(cloud.lambda.send(remove))).toMatch(/^PreconditionFailedException: /);
    expect(await refusal(get("hello"))).toMatch(/'resourceArn' failed to satisfy constraint/);
    expect(await refusal(get(`${ResourceArn}2`))).toMatch(/^ResourceNotFoundException: Function not found/);
    expect(await refusal(get(`${ResourceArn}:$LATEST`))).toMatch(/\$LATEST\.$/);
  });
});

describe("behaviour", () => {
  test("it takes the place of permissions, is added to by later ones, and versions have their own", async () => {
    const permission = (StatementId: string) =>
      new AddPermissionCommand({
        FunctionName: "hello",
        StatementId,
        Action: "lambda:InvokeFunction",
        Principal: "sns.amazonaws.com",
      });
    await cloud.lambda.send(permission("before"));
    await put(document({ Sid: "whole", ...ALLOW }));
    await cloud.lambda.send(permission("after"));
    const { Policy = "" } = await cloud.lambda.send(new GetPolicyCommand({ FunctionName: "hello" }));
    expect(JSON.parse(Policy).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(["whole", "after"]);
    await cloud.lambda.send(new PublishVersionCommand({ FunctionName: "hello" }));
    expect(await refusal(get(`${ResourceArn}:1`))).toMatch(/^ResourceNotFoundException: /);
    const Resource = `${ResourceArn}:1`;
    expect(await refusal(put(document({ ...ALLOW, Resource }), { ResourceArn: Resource }))).toBeUndefined();
  });

  test("everybody may call a URL where it says so, and nobody where it denies it", async () => {
    const { FunctionUrl = "" } = await cloud.lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName: "hello", AuthType: "NONE" }),
    );
    const status = async () => (await ask(cloud, { host: new URL(FunctionUrl).host })).status;
    expect(await status()).toBe(403);
    await put(document({ ...ALLOW, Action: ["lambda:InvokeFunctionUrl"], Principal: { AWS: "*" } }));
    expect(await status()).toBe(200);
    await put(document(ALLOW, { ...ALLOW, Effect: "Deny" }));
    expect(await status()).toBe(403);
    const Condition = { StringEquals: { "lambda:FunctionUrlAuthType": "AWS_IAM" } };
    await put(document({ ...ALLOW, Condition }));
    expect(await status()).toBe(403);
  });
});
