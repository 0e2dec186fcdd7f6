import type { SamplingRule } from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { testClock } from "../../kernel/clock.ts";
import { seededIds } from "../../kernel/ids.ts";
import { createRuleSampler } from "./ruleSampler.ts";

const REQUEST = {
  serviceName: "shop/prod",
  serviceType: "AWS::ApiGateway::Stage",
  host: "shop.example.com",
  method: "GET",
  path: "/api/state/7",
  resourceArn: "arn:aws:apigateway:us-east-1::/restapis/a/stages/prod",
};

const rule = (RuleName: string, Priority: number, more: Partial<SamplingRule>): SamplingRule => ({
  ...{ RuleName, Priority, FixedRate: 0, ReservoirSize: 0, Version: 1 },
  ...{ ResourceARN: "*", ServiceName: "*", ServiceType: "*", Host: "*", HTTPMethod: "*", URLPath: "*", ...more },
});

const samplerOf = (rules: readonly SamplingRule[]) => {
  const clock = testClock();
  let loads = 0;
  const load = async () => {
    loads += 1;
    return rules;
  };
  return { clock, loads: () => loads, sampler: createRuleSampler({ clock, ids: seededIds(1), load }) };
};

test.each<[string, Partial<SamplingRule>]>([
  ["a path with a star", { URLPath: "/api/*" }],
  ["a host with a question mark", { Host: "sho?.example.com" }],
  ["a method in another case", { HTTPMethod: "get" }],
  ["a service", { ServiceName: "shop/*", ServiceType: "AWS::ApiGateway::*" }],
  ["a resource", { ResourceARN: "*/stages/prod" }],
])("%s is matched", async (_what, more) => {
  const { sampler } = samplerOf([rule("Default", 10_000, {}), rule("own", 5, more)]);
  expect((await sampler.decide(REQUEST)).rule).toBe("own");
});

test("what matches less, asks for attributes or comes later is passed by", async () => {
  const { sampler } = samplerOf([
    rule("later", 7, {}),
    rule("path", 1, { URLPath: "/api" }),
    rule("dot", 2, { Host: "shopXexample.com" }),
    rule("attributes", 3, { Attributes: { a: "b" } }),
    rule("first", 6, {}),
  ]);
  expect((await sampler.decide(REQUEST)).rule).toBe("first");
});

test("the reservoir is for each second, and the rate for the others", async () => {
  const { sampler, clock } = samplerOf([rule("own", 1, { ReservoirSize: 2 })]);
  const decided = async () => (await sampler.decide(REQUEST)).sampled;
  expect([await decided(), await decided(), await decided()]).toEqual([true, true, false]);
  clock.advance(1000);
  expect(await decided()).toBe(true);
  const all = samplerOf([rule("own", 1, { FixedRate: 1 })]);
  expect((await all.sampler.decide(REQUEST)).sampled).toBe(true);
});

test("rules are asked for again after ten seconds, and none means no", async () => {
  const { sampler, clock, loads } = samplerOf([]);
  expect(await sampler.decide(REQUEST)).toEqual({ sampled: false, rule: undefined });
  await sampler.decide(REQUEST);
  clock.advance(10_000);
  await sampler.decide(REQUEST);
  expect(loads()).toBe(2);
});
