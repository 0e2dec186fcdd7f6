import { GetGroupsCommand, GetSamplingRulesCommand, ListTagsForResourceCommand } from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { stackOf } from "../../../../test/stackOf.ts";
import { xrayCloud } from "../testXray.ts";

const ANY = { ResourceARN: "*", ServiceName: "*", ServiceType: "*", Host: "*", HTTPMethod: "*", URLPath: "*" };

const template = (rate: number, expression: string, team: string) => ({
  Resources: {
    Rule: {
      Type: "AWS::XRay::SamplingRule",
      Properties: {
        SamplingRule: { ...ANY, RuleName: "base", Priority: 5, FixedRate: rate, ReservoirSize: 1, Version: 1 },
        Tags: [{ Key: "team", Value: team }],
      },
    },
    Group: {
      Type: "AWS::XRay::Group",
      Properties: {
        GroupName: "slow",
        FilterExpression: expression,
        InsightsConfiguration: { InsightsEnabled: true, NotificationsEnabled: false },
        Tags: [{ Key: "team", Value: team }],
      },
    },
  },
  Outputs: {
    Rule: { Value: { Ref: "Rule" } },
    RuleArn: { Value: { "Fn::GetAtt": ["Rule", "RuleARN"] } },
    Group: { Value: { "Fn::GetAtt": ["Group", "GroupARN"] } },
  },
});

test("rules and groups come, change and go with their stack", async () => {
  await using made = await xrayCloud();
  const { cloud, xray } = made;
  const stack = stackOf(cloud, "tracing");
  await stack.create(template(0.1, "responsetime > 1", "a"));
  const rule = async () => (await xray.send(new GetSamplingRulesCommand({}))).SamplingRuleRecords?.[1]?.SamplingRule;
  const group = async () => (await xray.send(new GetGroupsCommand({}))).Groups?.[1];
  expect(await rule()).toMatchObject({ RuleName: "base", FixedRate: 0.1, Priority: 5 });
  expect(await group()).toMatchObject({ GroupName: "slow", FilterExpression: "responsetime > 1" });
  await stack.update(template(0.2, "fault", "b"));
  expect(await rule()).toMatchObject({ RuleName: "base", FixedRate: 0.2 });
  expect(await group()).toMatchObject({ FilterExpression: "fault", InsightsConfiguration: { InsightsEnabled: true } });
  for (const ResourceARN of [(await rule())?.RuleARN, (await group())?.GroupARN]) {
    const { Tags } = await xray.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toContainEqual({ Key: "team", Value: "b" });
  }
  await stack.delete();
  expect([await rule(), await group()]).toEqual([undefined, undefined]);
});
