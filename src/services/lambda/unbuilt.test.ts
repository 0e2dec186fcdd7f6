import {
  type CreateFunctionCommandInput,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusal } from "../../../test/refusal.ts";
import { createHello, HANDLER, lambdaCloud, zipped } from "./testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const FunctionName = "hello";
const provider = "arn:aws:lambda:us-east-1:123456789012:capacity-provider:mine";
const cases: [string, Partial<CreateFunctionCommandInput>][] = [
  ["DurableConfig", { DurableConfig: { ExecutionTimeout: 60 } }],
  ["TenancyConfig", { TenancyConfig: { TenantIsolationMode: "PER_TENANT" } }],
  [
    "CapacityProviderConfig",
    { CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: provider } } },
  ],
  ["PublishTo", { Publish: true, PublishTo: "LATEST_PUBLISHED" }],
];

test.each(cases)("a function with %s is not made as if it had none", async (name, more) => {
  expect(await refusal(createHello(cloud.lambda, HANDLER, more))).toMatch(
    `NotImplemented: aloft has not built lambda's ${name}`,
  );
});

test("updates, versions and invocations that ask for them are refused by name", async () => {
  await createHello(cloud.lambda);
  const ZipFile = await zipped({ "index.mjs": HANDLER });
  const refused = [
    new UpdateFunctionConfigurationCommand({ FunctionName, DurableConfig: { ExecutionTimeout: 60 } }),
    new UpdateFunctionCodeCommand({ FunctionName, ZipFile, PublishTo: "LATEST_PUBLISHED" }),
    new PublishVersionCommand({ FunctionName, PublishTo: "LATEST_PUBLISHED" }),
    new InvokeCommand({ FunctionName, TenantId: "one" }),
    new InvokeCommand({ FunctionName, DurableExecutionName: "once" }),
  ];
  const said: (string | undefined)[] = [];
  for (const command of refused) said.push(await refusal(cloud.lambda.send(command as InvokeCommand)));
  expect(said.map((text) => /lambda's (\w+) yet/.exec(text ?? "")?.[1])).toEqual([
    "DurableConfig",
    "PublishTo",
    "PublishTo",
    "TenantId",
    "DurableExecutionName",
  ]);
});
