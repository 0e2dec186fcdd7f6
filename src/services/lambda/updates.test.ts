import {
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusal } from "../../../test/refusal.ts";
import { createHello, lambdaCloud, updated, zipped } from "./testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
  await createHello(cloud.lambda);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const FunctionName = "hello";
const IN_PROGRESS =
  "ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:123456789012:function:hello";

const configure = (Timeout: number) =>
  cloud.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
const changeCode = async (text: string) => {
  const ZipFile = await zipped({ "index.mjs": `export const handler = async () => ${text}` });
  return cloud.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
};
const publish = () => cloud.lambda.send(new PublishVersionCommand({ FunctionName }));

test("a function that is being updated is neither changed nor published", async () => {
  await configure(5);
  for (const change of [() => configure(6), () => changeCode("2"), publish])
    expect(await refusal(change())).toBe(IN_PROGRESS);
  updated(cloud);
  expect(await publish()).toMatchObject({ Version: "1", Timeout: 5 });
  await changeCode("2");
  expect(await refusal(configure(6))).toBe(IN_PROGRESS);
  updated(cloud);
  const { Timeout, LastUpdateStatus } = await cloud.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect({ Timeout, LastUpdateStatus }).toEqual({ Timeout: 5, LastUpdateStatus: "Successful" });
});

test("of updates at the same time, one is made", async () => {
  const outcomes = await Promise.all(["2", "3", "4"].map((text) => refusal(changeCode(text))));
  expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === IN_PROGRESS)).toHaveLength(2);
});
