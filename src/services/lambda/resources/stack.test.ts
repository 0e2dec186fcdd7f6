import {
  GetProvisionedConcurrencyConfigCommand,
  GetRuntimeManagementConfigCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";

/** A function behind an HTTP API, as SAM's users write it. */
const template = (answer: string) => ({
  Transform: "AWS::Serverless-2016-10-31",
  Resources: {
    Api: { Type: "AWS::Serverless::HttpApi", Properties: { CorsConfiguration: { AllowOrigins: ["*"] } } },
    Hello: {
      Type: "AWS::Serverless::Function",
      Properties: {
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        InlineCode: `exports.handler = async () => ({ statusCode: 200, body: process.env.TABLE + "${answer}" })`,
        AutoPublishAlias: "live",
        Environment: { Variables: { TABLE: "facts" } },
        Events: { Get: { Type: "HttpApi", Properties: { ApiId: { Ref: "Api" }, Path: "/facts", Method: "get" } } },
      },
    },
    Log: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: 7 } },
  },
  Outputs: { Url: { Value: { "Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.amazonaws.com/facts" } } },
});

const get = async (cloud: TestCloud, url = "") => {
  const { host, pathname: path } = new URL(url);
  const { status, text } = await ask(cloud, { host, path });
  return [status, text];
};

test("a SAM application goes up, answers, is changed without a gap in its alias, and goes without a trace", async () => {
  await using cloud = await testCloud();
  const lambda = cloud.client(LambdaClient);
  const stack = stackOf(cloud, "app", ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]);
  const { status, outputs } = await stack.create(template("!"));
  expect(status).toBe("CREATE_COMPLETE");
  const url = outputs["Url"];
  expect(await get(cloud, url)).toEqual([200, "facts!"]);
  expect((await stack.update(template("?"))).status).toBe("UPDATE_COMPLETE");
  expect(await get(cloud, url)).toEqual([200, "facts?"]);
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { Aliases } = await lambda.send(new ListAliasesCommand({ FunctionName: Functions[0]?.FunctionName }));
  expect(Aliases?.map(({ Name, FunctionVersion }) => [Name, FunctionVersion])).toEqual([["live", "2"]]);
  await stack.delete();
  expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
  expect((await get(cloud, url))[0]).toBe(404);
});

const provisionedTemplate = (alias: string) => `Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}}}
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: f, Runtime: nodejs22.x, Handler: index.handler, Role: !GetAtt Role.Arn, Code: {ZipFile: "exports.handler = async () => 1"}}}
  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F, RuntimePolicy: {UpdateRuntimeOn: FunctionUpdate}}}
  A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, Name: live, FunctionVersion: !GetAtt V.Version${alias}}}
`;

test("an alias is provisioned as its template says, and no longer when that says nothing", async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud, "app", ["CAPABILITY_IAM"]);
  const lambda = cloud.client(LambdaClient);
  const provisioned = () =>
    lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: "f", Qualifier: "live" }));
  const wanted = (count: number) => `, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: ${count}}`;
  const created = await whileTimePasses(cloud, stack.create(provisionedTemplate(wanted(1))));
  expect(created.status).toBe("CREATE_COMPLETE");
  expect(await provisioned()).toMatchObject({ AvailableProvisionedConcurrentExecutions: 1, Status: "READY" });
  const policy = await lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName: "f", Qualifier: "1" }));
  expect(policy.UpdateRuntimeOn).toBe("FunctionUpdate");
  for (const [alias, outcome] of [
    [wanted(2), { AvailableProvisionedConcurrentExecutions: 2, Status: "READY" }],
    ["", { name: "ProvisionedConcurrencyConfigNotFoundException" }],
  ] as const) {
    const { status } = await whileTimePasses(cloud, stack.update(provisionedTemplate(alias)));
    expect(status).toBe("UPDATE_COMPLETE");
    expect(await provisioned().catch((error: unknown) => error)).toMatchObject(outcome);
  }
});

test("a version is done when its environments are ready, and has failed when they cannot start", async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud, "app", ["CAPABILITY_IAM"]);
  const versioned = (code: string) =>
    provisionedTemplate("")
      .replace("exports.handler", `${code}; exports.handler`)
      .replace("RuntimePolicy:", "ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 1}, RuntimePolicy:");
  const broken = versioned("if (process.env.AWS_LAMBDA_INITIALIZATION_TYPE !== 'on-demand') throw new Error('no')");
  const failed = await whileTimePasses(cloud, stack.create(broken));
  expect(failed.status).toBe("ROLLBACK_COMPLETE");
  expect(String(failed.reasons)).toMatch(
    /V: Resource handler returned message: "Provisioned Concurrency configuration failed to be applied\. Reason: FUNCTION_ERROR_INIT_FAILURE" \(RequestToken: .*, HandlerErrorCode: NotStabilized\)/,
  );
  await stack.delete();
  const { status } = await whileTimePasses(cloud, stack.create(versioned("1")));
  expect(status).toBe("CREATE_COMPLETE");
  const asked = new GetProvisionedConcurrencyConfigCommand({ FunctionName: "f", Qualifier: "1" });
  expect(await cloud.client(LambdaClient).send(asked)).toMatchObject({
    AllocatedProvisionedConcurrentExecutions: 1,
    AvailableProvisionedConcurrentExecutions: 1,
    Status: "READY",
  });
});
