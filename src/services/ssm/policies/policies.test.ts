import {
  DescribeParametersCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { DAY_MS } from "../../../kernel/clock.ts";

const ssmCloud = async () => {
  const cloud = await testCloud();
  const ssm = cloud.client(SSMClient);
  const told: unknown[] = [];
  cloud.events.subscribe(({ source, detailType, detail }) => {
    if (source === "aws.ssm" && detailType === "Parameter Store Policy Action") told.push(detail);
  });
  const put = (policies: object | undefined, more: object = {}) =>
    ssm.send(
      new PutParameterCommand({
        ...{ Name: "a", Type: "String", Value: "x", Tier: "Advanced", Overwrite: true },
        ...(policies ? { Policies: JSON.stringify(policies) } : {}),
        ...more,
      }),
    );
  const shown = async () => {
    const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
    return Parameters?.[0]?.Policies?.map(({ PolicyType, PolicyStatus }) => `${PolicyType} ${PolicyStatus}`);
  };
  const pass = async (days: number) => {
    cloud.clock.advance(days * DAY_MS);
    // What is due begins once its sleep has ended.
    await new Promise((resolve) => setImmediate(resolve));
    await cloud.tasks.idle();
  };
  return { cloud, ssm, told, put, shown, pass, [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

const inDays = (now: number, days: number) => new Date(now + days * DAY_MS).toISOString();
const expiration = (Timestamp: string) => ({ Type: "Expiration", Version: "1.0", Attributes: { Timestamp } });
const before = (Before: string) => ({
  Type: "ExpirationNotification",
  Version: "1.0",
  Attributes: { Before, Unit: "Days" },
});
const unchanged = (After: string) => ({
  Type: "NoChangeNotification",
  Version: "1.0",
  Attributes: { After, Unit: "Hours" },
});

test("a parameter is told to expire, and expires", async () => {
  await using made = await ssmCloud();
  await made.put([expiration(inDays(made.cloud.clock.now(), 10)), before("3")]);
  expect(await made.shown()).toEqual(["Expiration Pending", "ExpirationNotification Pending"]);
  await made.pass(7);
  expect(made.told).toMatchObject([{ "parameter-name": "a", "policy-type": "ExpirationNotification" }]);
  expect(await made.shown()).toEqual(["Expiration Pending", "ExpirationNotification Finished"]);
  await made.pass(3);
  expect(made.told).toMatchObject([{}, { "policy-type": "Expiration", "action-status": "Success" }]);
  await expect(made.ssm.send(new GetParameterCommand({ Name: "a" }))).rejects.toBeInstanceOf(ParameterNotFound);
});

test("a parameter that does not change is told; a change begins anew, with the same policies", async () => {
  await using made = await ssmCloud();
  await made.put([unchanged("48")]);
  await made.pass(1);
  await made.put(undefined, { Value: "y" });
  await made.pass(1);
  expect(made.told).toEqual([]);
  await made.pass(1);
  expect(made.told).toMatchObject([{ "policy-type": "NoChangeNotification" }]);
  await made.put({}, { Value: "z" });
  expect(await made.shown()).toEqual([]);
});

test.each([
  ["InvalidPolicyTypeException", [{ ...unchanged("1"), Type: "Other" }]],
  ["InvalidPolicyAttributeException", [unchanged("0")]],
  ["InvalidPolicyAttributeException", [expiration("tomorrow")]],
  ["IncompatiblePolicyException", [before("1")]],
  ["IncompatiblePolicyException", [expiration(inDays(0, 1)), expiration(inDays(0, 2))]],
  ["PoliciesLimitExceededException", Array.from({ length: 11 }, () => unchanged("1"))],
  ["ValidationException", ["text"]],
])("%s", async (name, policies) => {
  await using made = await ssmCloud();
  await expect(made.put(policies)).rejects.toMatchObject({ name });
});
