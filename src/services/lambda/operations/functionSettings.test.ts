import {
  AddLayerVersionPermissionCommand,
  CreateAliasCommand,
  CreateCodeSigningConfigCommand,
  DeleteCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionRecursionConfigCommand,
  GetLayerVersionPolicyCommand,
  GetProvisionedConcurrencyConfigCommand,
  GetRuntimeManagementConfigCommand,
  InvokeCommand,
  ListFunctionsByCodeSigningConfigCommand,
  ListTagsCommand,
  PublishLayerVersionCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  PutRuntimeManagementConfigCommand,
  RemoveLayerVersionPermissionCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { createHello, HANDLER, lambdaCloud, zipped } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const FunctionName = "hello";
const PROFILE = "arn:aws:signer:us-east-1:123456789012:/signing-profiles/mine/abcdefghij";

test("code signing configurations are kept, given to functions and shown", async () => {
  await createHello(cloud.lambda);
  const { CodeSigningConfig } = await cloud.lambda.send(
    new CreateCodeSigningConfigCommand({
      AllowedPublishers: { SigningProfileVersionArns: [PROFILE] },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
    }),
  );
  expect(CodeSigningConfig).toMatchObject({
    CodeSigningConfigId: expect.stringMatching(/^csc-[0-9a-f]{17}$/),
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
  });
  const CodeSigningConfigArn = CodeSigningConfig?.CodeSigningConfigArn ?? "";
  await cloud.lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn }));
  expect(await cloud.lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }))).toMatchObject({
    CodeSigningConfigArn,
    FunctionName,
  });
  const using = await cloud.lambda.send(new ListFunctionsByCodeSigningConfigCommand({ CodeSigningConfigArn }));
  expect(using.FunctionArns).toEqual(["arn:aws:lambda:us-east-1:123456789012:function:hello"]);
  expect(await refusal(cloud.lambda.send(new DeleteCodeSigningConfigCommand({ CodeSigningConfigArn })))).toMatch(
    /^ResourceConflictException: .*used by one or more functions/,
  );
  const unsigned =
    /^CodeVerificationFailedException: .*the code signing policy is set to ENFORCE\. Lambda blocks the deployment\.$/;
  const ZipFile = await zipped({ "index.mjs": HANDLER });
  expect(await refusal(cloud.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile })))).toMatch(unsigned);
  const another = { FunctionName: "another", CodeSigningConfigArn };
  expect(await refusal(createHello(cloud.lambda, HANDLER, another))).toMatch(unsigned);
  await cloud.lambda.send(new TagResourceCommand({ Resource: CodeSigningConfigArn, Tags: { a: "b" } }));
  expect((await cloud.lambda.send(new ListTagsCommand({ Resource: CodeSigningConfigArn }))).Tags).toEqual({ a: "b" });
});

test("a function gets its code signing configuration when it is made", async () => {
  const { CodeSigningConfig } = await cloud.lambda.send(
    new CreateCodeSigningConfigCommand({ AllowedPublishers: { SigningProfileVersionArns: [PROFILE] } }),
  );
  const CodeSigningConfigArn = CodeSigningConfig?.CodeSigningConfigArn ?? "";
  const missing = CodeSigningConfigArn.replace(/csc-.*/, `csc-${"0".repeat(17)}`);
  expect(await refusal(createHello(cloud.lambda, HANDLER, { CodeSigningConfigArn: missing }))).toMatch(
    /^CodeSigningConfigNotFoundException: The code signing configuration cannot be found/,
  );
  await createHello(cloud.lambda, HANDLER, { CodeSigningConfigArn });
  expect(await cloud.lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }))).toMatchObject({
    CodeSigningConfigArn,
  });
});

test("recursion and runtime management", async () => {
  await createHello(cloud.lambda);
  const recursion = () => cloud.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }));
  expect((await recursion()).RecursiveLoop).toBe("Terminate");
  await cloud.lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: "Allow" }));
  expect((await recursion()).RecursiveLoop).toBe("Allow");
  const runtime = () => cloud.lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName }));
  expect(await runtime()).toMatchObject({ UpdateRuntimeOn: "Auto" });
  expect(
    await refusal(
      cloud.lambda.send(new PutRuntimeManagementConfigCommand({ FunctionName, UpdateRuntimeOn: "Manual" })),
    ),
  ).toMatch(/You must specify a RuntimeVersionArn/);
  await cloud.lambda.send(new PutRuntimeManagementConfigCommand({ FunctionName, UpdateRuntimeOn: "FunctionUpdate" }));
  expect(await runtime()).toMatchObject({
    UpdateRuntimeOn: "FunctionUpdate",
    FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:hello:$LATEST",
    RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:/),
  });
});

test("a layer's permissions", async () => {
  const Content = { ZipFile: await zipped({ "nodejs/x.js": "" }) };
  await cloud.lambda.send(new PublishLayerVersionCommand({ LayerName: "lib", Content }));
  const layer = { LayerName: "lib", VersionNumber: 1 };
  const statement = { ...layer, StatementId: "all", Action: "lambda:GetLayerVersion", Principal: "*" };
  const added = await cloud.lambda.send(new AddLayerVersionPermissionCommand(statement));
  expect(JSON.parse(added.Statement ?? "")).toEqual({
    Sid: "all",
    Effect: "Allow",
    Principal: "*",
    Action: "lambda:GetLayerVersion",
    Resource: "arn:aws:lambda:us-east-1:123456789012:layer:lib:1",
  });
  expect(await refusal(cloud.lambda.send(new AddLayerVersionPermissionCommand(statement)))).toMatch(
    /^ResourceConflictException/,
  );
  const read = () => cloud.lambda.send(new GetLayerVersionPolicyCommand(layer));
  expect(JSON.parse((await read()).Policy ?? "").Statement).toHaveLength(1);
  await cloud.lambda.send(new RemoveLayerVersionPermissionCommand({ ...layer, StatementId: "all" }));
  expect(await refusal(read())).toMatch(/^ResourceNotFoundException: No policy is associated/);
});

describe("provisioned concurrency", () => {
  const put = (Qualifier: string, ProvisionedConcurrentExecutions = 1) =>
    cloud.lambda.send(
      new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }),
    );
  const get = (Qualifier: string) =>
    cloud.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));

  test("is in progress, then ready", async () => {
    await createHello(cloud.lambda, HANDLER, { Publish: true });
    await cloud.lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
    expect(await put("live", 2)).toMatchObject({
      Status: "IN_PROGRESS",
      RequestedProvisionedConcurrentExecutions: 2,
      AllocatedProvisionedConcurrentExecutions: 0,
    });
    await vi.waitFor(
      async () =>
        expect(await get("live")).toMatchObject({
          Status: "READY",
          AllocatedProvisionedConcurrentExecutions: 2,
          AvailableProvisionedConcurrentExecutions: 2,
        }),
      { timeout: 15_000 },
    );
  });

  test("has failed where the function cannot start", async () => {
    const code = `if (process.env.AWS_LAMBDA_INITIALIZATION_TYPE !== "on-demand") throw new Error("no");\n${HANDLER}`;
    await createHello(cloud.lambda, code, { Publish: true });
    await put("1");
    await vi.waitFor(async () => expect(await get("1")).toMatchObject({ Status: "FAILED" }), { timeout: 15_000 });
    // What is started for events is not what was asked for.
    const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName, Qualifier: "1" }));
    expect(Payload?.transformToString()).toBe("1");
    expect(await get("1")).toMatchObject({ Status: "FAILED", AllocatedProvisionedConcurrentExecutions: 0 });
  });

  test("is a part of what the function has reserved", async () => {
    await createHello(cloud.lambda, HANDLER, { Publish: true });
    await put("1", 2);
    const reserve = (ReservedConcurrentExecutions: number) =>
      refusal(cloud.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions })));
    expect(await reserve(1)).toBe(
      "InvalidParameterValueException:  ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
    );
    expect(await reserve(2)).toBeUndefined();
    expect(await refusal(cloud.lambda.send(new InvokeCommand({ FunctionName })))).toBe(
      "TooManyRequestsException: Rate Exceeded.",
    );
    const { StatusCode } = await cloud.lambda.send(new InvokeCommand({ FunctionName, Qualifier: "1" }));
    expect(StatusCode).toBe(200);
  });

  test("refusals", async () => {
    await createHello(cloud.lambda, HANDLER, { Publish: true });
    expect(await refusal(put("$LATEST"))).toMatch(/cannot be applied to unpublished function versions/);
    expect(await refusal(get("1"))).toBe(
      "ProvisionedConcurrencyConfigNotFoundException: No Provisioned Concurrency Config found for this function",
    );
    expect(await refusal(put("1", 1001))).toMatch(/greater than account's unreserved concurrency \[1000\]/);
  });
});
