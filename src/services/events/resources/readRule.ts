import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { asGiven, parsed, picked, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

/** A rule with its targets, as they are now; undefined when it is gone. */
export const readRule = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const [Name = "", bus = "default"] = physicalId.split("|").reverse();
  const at = { Name, EventBusName: bus };
  const rule = await unlessMissing(ctx.call("events", "DescribeRule", at), "ResourceNotFoundException");
  if (!rule) return undefined;
  const { Arn = "", EventPattern } = rule;
  const { Tags } = await ctx.call("events", "ListTagsForResource", { ResourceARN: Arn });
  const properties = plain({
    ...picked(rule, ["Name", "Description", "ScheduleExpression", "RoleArn", "State"]),
    EventBusName: asGiven(given["EventBusName"], rule.EventBusName ?? bus),
    EventPattern: parsed(EventPattern),
    Targets: await targetsOf(ctx, Name, bus),
    Tags: tagList(Tags),
  });
  const known = bus === "default" ? Name : `${bus}|${Name}`;
  return { physicalId: known, attributes: { Arn, RuleName: Name }, properties, unread: [] };
};

const targetsOf = async (ctx: ResourceContext, Rule: string, EventBusName: string) => {
  const targets = [];
  let NextToken: string | undefined;
  do {
    const page = await ctx.call("events", "ListTargetsByRule", { Rule, EventBusName, NextToken });
    targets.push(...(page.Targets ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return targets;
};
