import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddLayerVersionPermissionCommand,
  AddPermissionCommand,
  DeleteLayerVersionCommand,
  GetFunctionCommand,
  GetFunctionUrlConfigCommand,
  GetLayerVersionCommand,
  InvokeCommand,
  LambdaClient,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TEST_ACCOUNT, type TestClientConfig } from "../../../test/harness.ts";
import { refusal } from "../../../test/refusal.ts";
import { createHello, lambdaCloud, metricSum, updated, zipped } from "./testLambda.ts";

const OTHER = "210987654321";
const FunctionName = `arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:hello`;

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud({ auth: "open" });
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** A client of the other account's root, or of one of its sessions. */
const other = <C>(
  Client: new (config: TestClientConfig) => C,
  credentials: TestClientConfig["credentials"] = { accessKeyId: OTHER, secretAccessKey: "x" },
): C => cloud.client(Client, { credentials });

/** Modules of layers are found by `require` alone. */
const GREETING =
  "import { createRequire } from 'node:module'; export const handler = async () => createRequire(import.meta.url)('greet')";

const permit = (Action: string, Principal = OTHER, more: { SourceArn?: string } = {}) =>
  cloud.lambda.send(
    new AddPermissionCommand({
      FunctionName: "hello",
      StatementId: Action.replace(/\W/g, "-"),
      Action,
      Principal,
      ...more,
    }),
  );

const invoked = async (lambda: LambdaClient) => {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  return Buffer.from(Payload ?? []).toString();
};

test("a function's policy lets another account do what it names, and nothing else", async () => {
  await createHello(cloud.lambda, "export const handler = async (_, c) => c.invokedFunctionArn");
  const lambda = other(LambdaClient);
  expect(await refusal(invoked(lambda))).toBe(
    `AccessDeniedException: User: arn:aws:iam::${OTHER}:root is not authorized to perform: lambda:InvokeFunction on resource: ${FunctionName} because no resource-based policy allows the lambda:InvokeFunction action`,
  );
  await permit("lambda:InvokeFunction");
  expect(await invoked(lambda)).toBe(JSON.stringify(FunctionName));
  const partial = new InvokeCommand({ FunctionName: `${TEST_ACCOUNT}:function:hello`, InvocationType: "DryRun" });
  expect((await lambda.send(partial)).StatusCode).toBe(204);
  expect(await refusal(lambda.send(new GetFunctionCommand({ FunctionName })))).toMatch(/^AccessDeniedException: /);
  await permit("lambda:GetFunction");
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  expect(Configuration?.FunctionArn).toBe(FunctionName);
  expect(await refusal(lambda.send(new GetFunctionCommand({ FunctionName: "hello" })))).toMatch(
    new RegExp(`^ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:${OTHER}:function:hello`),
  );
});

test("what no policy can let others do is refused, whatever it says", async () => {
  await createHello(cloud.lambda);
  await permit("lambda:*");
  expect(await refusal(other(LambdaClient).send(new GetFunctionUrlConfigCommand({ FunctionName })))).toMatch(
    /^AccessDeniedException: /,
  );
});

test("a role of the other account needs its own account's leave, too", async () => {
  await createHello(cloud.lambda);
  await permit("lambda:InvokeFunction");
  const iam = other(IAMClient);
  const Principal = { AWS: `arn:aws:iam::${OTHER}:root` };
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] };
  await iam.send(new CreateRoleCommand({ RoleName: "caller", AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const RoleArn = `arn:aws:iam::${OTHER}:role/caller`;
  const { Credentials } = await other(STSClient).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "session" }));
  const lambda = other(LambdaClient, {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  });
  expect(await refusal(invoked(lambda))).toMatch(/no identity-based policy allows the lambda:InvokeFunction action$/);
  const Statement = [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: FunctionName }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: "caller", PolicyName: "invoke", PolicyDocument }));
  expect(await invoked(lambda)).toBe("1");
});

test("a topic of the other account reaches a function whose policy lets it", async () => {
  await createHello(cloud.lambda);
  const sns = other(SNSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  await permit("lambda:InvokeFunction", "sns.amazonaws.com", { SourceArn: `arn:aws:sns:us-east-1:${OTHER}:news` });
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint: FunctionName }));
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await vi.waitFor(async () => expect(await metricSum(cloud, "Invocations")).toBe(1), {
    timeout: 15_000,
    interval: 20,
  });
});

test("a layer of another account is used where its policy lets the function's, and kept when it is deleted", async () => {
  const lambda = other(LambdaClient);
  const greet = { "nodejs/node_modules/greet/index.js": "module.exports = 'good day'" };
  const publish = async () =>
    lambda.send(new PublishLayerVersionCommand({ LayerName: "greet", Content: { ZipFile: await zipped(greet) } }));
  const { LayerVersionArn = "", LayerArn } = await publish();
  const using = (Layers: string[]) => createHello(cloud.lambda, GREETING, { Layers });
  expect(await refusal(using([LayerVersionArn]))).toMatch(
    /^AccessDeniedException: .* lambda:GetLayerVersion on resource: .* because no resource-based policy allows/,
  );
  const Version = { LayerName: "greet", VersionNumber: 1 };
  const shared = { StatementId: "all", Action: "lambda:GetLayerVersion", Principal: TEST_ACCOUNT };
  await lambda.send(new AddLayerVersionPermissionCommand({ ...Version, ...shared }));
  const whole = { LayerName: LayerArn, VersionNumber: 1 };
  expect((await cloud.lambda.send(new GetLayerVersionCommand(whole))).LayerVersionArn).toBe(LayerVersionArn);
  expect(await refusal(cloud.lambda.send(new ListLayerVersionsCommand({ LayerName: LayerArn })))).toMatch(
    /^AccessDeniedException: /,
  );
  const { Layers } = await using([LayerVersionArn]);
  expect(Layers?.map(({ Arn }) => Arn)).toEqual([LayerVersionArn]);
  await lambda.send(new DeleteLayerVersionCommand(Version));
  expect(await invoked(cloud.lambda)).toBe('"good day"');
});

test("a function keeps its own account's layer when that is deleted, and is given it no more", async () => {
  const Content = { ZipFile: await zipped({ "nodejs/node_modules/greet/index.js": "module.exports = 'hi'" }) };
  const { LayerVersionArn = "" } = await cloud.lambda.send(
    new PublishLayerVersionCommand({ LayerName: "greet", Content }),
  );
  await createHello(cloud.lambda, GREETING, {
    Layers: [LayerVersionArn],
  });
  await cloud.lambda.send(new DeleteLayerVersionCommand({ LayerName: "greet", VersionNumber: 1 }));
  const Timeout = 9;
  await cloud.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
  expect(await invoked(cloud.lambda)).toBe('"hi"');
  updated(cloud);
  const again = new UpdateFunctionConfigurationCommand({ FunctionName, Layers: [LayerVersionArn] });
  expect(await refusal(cloud.lambda.send(again))).toBe(
    `InvalidParameterValueException: Layer version ${LayerVersionArn} does not exist.`,
  );
});
