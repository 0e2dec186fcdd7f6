import {
  CreateSamplingRuleCommand,
  DeleteSamplingRuleCommand,
  GetSamplingRulesCommand,
  GetSamplingStatisticSummariesCommand,
  GetSamplingTargetsCommand,
  type SamplingRule,
  UpdateSamplingRuleCommand,
} from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { xrayCloud } from "../testXray.ts";

const ANY = {
  ResourceARN: "*",
  ServiceName: "*",
  ServiceType: "*",
  Host: "*",
  HTTPMethod: "*",
  URLPath: "*",
  Version: 1,
};
const BASE: SamplingRule = { ...ANY, RuleName: "base", Priority: 9000, FixedRate: 0.1, ReservoirSize: 5 };
const arnOf = (name: string) => `arn:aws:xray:us-east-1:${TEST_ACCOUNT}:sampling-rule/${name}`;

test("the default rule is there from the beginning, and only its rates are changed", async () => {
  await using made = await xrayCloud();
  const { cloud, xray } = made;
  const rules = async () => (await xray.send(new GetSamplingRulesCommand({}))).SamplingRuleRecords;
  const initial = { ...ANY, RuleName: "Default", RuleARN: arnOf("Default"), Priority: 10_000, Attributes: {} };
  expect(await rules()).toMatchObject([
    {
      SamplingRule: { ...initial, FixedRate: 0.05, ReservoirSize: 1 },
      CreatedAt: new Date(0),
      ModifiedAt: new Date(0),
    },
  ]);
  const SamplingRuleUpdate = { RuleName: "Default", FixedRate: 0, ReservoirSize: 0 };
  await xray.send(new UpdateSamplingRuleCommand({ SamplingRuleUpdate }));
  expect(await rules()).toMatchObject([
    { SamplingRule: { FixedRate: 0, ReservoirSize: 0 }, ModifiedAt: new Date(cloud.clock.now()) },
  ]);
  const beyond = new UpdateSamplingRuleCommand({ SamplingRuleUpdate: { RuleName: "Default", Priority: 1 } });
  expect(await refusal(xray.send(beyond))).toMatch(/^InvalidRequestException: Only the fixed rate/);
  const gone = new DeleteSamplingRuleCommand({ RuleName: "Default" });
  expect(await refusal(xray.send(gone))).toBe("InvalidRequestException: The default sampling rule cannot be deleted.");
});

test("rules are made, changed and deleted", async () => {
  await using made = await xrayCloud();
  const { cloud, xray } = made;
  const now = new Date(cloud.clock.now());
  const { SamplingRuleRecord } = await xray.send(new CreateSamplingRuleCommand({ SamplingRule: BASE }));
  const SamplingRule = { ...BASE, RuleARN: arnOf("base"), Attributes: {} };
  expect(SamplingRuleRecord).toEqual({ SamplingRule, CreatedAt: now, ModifiedAt: now });
  cloud.clock.advance(1000);
  const SamplingRuleUpdate = { RuleARN: arnOf("base"), Host: "shop", Attributes: { a: "b" } };
  const changed = await xray.send(new UpdateSamplingRuleCommand({ SamplingRuleUpdate }));
  expect(changed.SamplingRuleRecord).toEqual({
    SamplingRule: { ...SamplingRule, Host: "shop", Attributes: { a: "b" } },
    CreatedAt: now,
    ModifiedAt: new Date(cloud.clock.now()),
  });
  const { SamplingRuleRecords } = await xray.send(new GetSamplingRulesCommand({}));
  expect(SamplingRuleRecords?.map((record) => record.SamplingRule?.RuleName)).toEqual(["Default", "base"]);
  const deleted = await xray.send(new DeleteSamplingRuleCommand({ RuleName: "base" }));
  expect(deleted.SamplingRuleRecord).toEqual(changed.SamplingRuleRecord);
  expect((await xray.send(new GetSamplingRulesCommand({}))).SamplingRuleRecords?.length).toBe(1);
});

test("rules that cannot be are refused", async () => {
  await using made = await xrayCloud();
  const { xray } = made;
  await xray.send(new CreateSamplingRuleCommand({ SamplingRule: BASE }));
  const create = (more: object) => new CreateSamplingRuleCommand({ SamplingRule: { ...BASE, ...more } });
  const cases = [
    create({}),
    create({ RuleName: "Default" }),
    create({ RuleName: undefined }),
    create({ RuleName: "two", Version: 2 }),
    create({ RuleName: "two", FixedRate: 1.5 }),
    create({ RuleName: "two", Priority: 10_000 }),
  ];
  for (const command of cases)
    expect(await refusal(xray.send(command)), JSON.stringify(command.input)).toMatch(/^InvalidRequestException: /);
  const update = (SamplingRuleUpdate: object) => xray.send(new UpdateSamplingRuleCommand({ SamplingRuleUpdate }));
  for (const given of [{}, { RuleName: "none" }, { RuleName: "base", Priority: 0 }, { RuleName: "base", FixedRate: 2 }])
    expect(await refusal(update(given)), JSON.stringify(given)).toMatch(/^InvalidRequestException: /);
  for (let number = 1; number < 25; number += 1) await xray.send(create({ RuleName: `rule-${number}` }));
  expect(await refusal(xray.send(create({ RuleName: "more" })))).toMatch(/^RuleLimitExceededException: /);
});

test("those who sample share the reservoir, and what they tell is summed by the minute", async () => {
  await using made = await xrayCloud();
  const { cloud, xray } = made;
  await xray.send(new CreateSamplingRuleCommand({ SamplingRule: BASE }));
  const now = cloud.clock.now();
  const told = { RuleName: "base", Timestamp: new Date(now), RequestCount: 110, SampledCount: 20, BorrowCount: 10 };
  const ask = (client: string, more: object = {}) =>
    xray.send(
      new GetSamplingTargetsCommand({
        SamplingStatisticsDocuments: [{ ...told, ClientID: client.repeat(24), ...more }],
      }),
    );
  expect(await ask("a")).toMatchObject({
    SamplingTargetDocuments: [
      { RuleName: "base", FixedRate: 0.1, ReservoirQuota: 5, ReservoirQuotaTTL: new Date(now + 300_000), Interval: 10 },
    ],
    LastRuleModification: new Date(now),
    UnprocessedStatistics: [],
  });
  expect((await ask("b")).SamplingTargetDocuments).toMatchObject([{ ReservoirQuota: 2 }]);
  cloud.clock.advance(60_000);
  expect((await ask("a")).SamplingTargetDocuments).toMatchObject([{ ReservoirQuota: 5 }]);
  expect((await ask("a", { RuleName: "none" })).UnprocessedStatistics).toMatchObject([{ RuleName: "none" }]);
  const summaries = async () =>
    (await xray.send(new GetSamplingStatisticSummariesCommand({}))).SamplingStatisticSummaries;
  expect(await summaries()).toEqual([
    { RuleName: "base", Timestamp: new Date(now), RequestCount: 220, BorrowCount: 20, SampledCount: 40 },
    { RuleName: "base", Timestamp: new Date(now + 60_000), RequestCount: 110, BorrowCount: 10, SampledCount: 20 },
  ]);
  cloud.clock.advance(30 * 60_000);
  await ask("a");
  expect(await summaries()).toHaveLength(2);
});
