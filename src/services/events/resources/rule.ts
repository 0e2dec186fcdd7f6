import type { PutTargetsCommandInput, RuleState } from "@aws-sdk/client-eventbridge";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { readRule } from "./readRule.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
interface RuleProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: JsonObject;
  readonly ScheduleExpression?: string;
  readonly RoleArn?: string;
  readonly State?: RuleState;
  readonly Tags?: TagList;
  readonly Targets?: NonNullable<PutTargetsCommandInput["Targets"]>;
}

export const ruleType = defineResourceType<RuleProperties>({
  name: "AWS::Events::Rule",
  create: async (ctx, desired) => {
    const name = desired.Name ?? ctx.physicalName({ maxLength: 64 });
    const arn = await putRule(ctx, name, desired);
    ctx.made(physicalId(name, desired));
    await putTargets(ctx, name, desired);
    return { physicalId: physicalId(name, desired), attributes: { Arn: arn, RuleName: name } };
  },
  update: async (ctx, current, desired) => {
    const name = current.physicalId.split("|").at(-1) ?? current.physicalId;
    const arn = await putRule(ctx, name, desired);
    await putTags(ctx, arn, current.properties, desired);
    const kept = new Set((desired.Targets ?? []).map(({ Id }) => Id));
    const gone = (current.properties.Targets ?? []).flatMap(({ Id }) => (Id === undefined || kept.has(Id) ? [] : [Id]));
    if (gone.length > 0)
      await ctx.call("events", "RemoveTargets", { Rule: name, EventBusName: desired.EventBusName, Ids: gone });
    await putTargets(ctx, name, desired);
    return { physicalId: current.physicalId, attributes: { Arn: arn, RuleName: name } };
  },
  delete: async (ctx, { physicalId: id, properties }) => {
    const name = id.split("|").at(-1) ?? id;
    const { EventBusName } = properties;
    const Ids = (properties.Targets ?? []).flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
    try {
      if (Ids.length > 0) await ctx.call("events", "RemoveTargets", { Rule: name, EventBusName, Ids });
    } catch (error) {
      // Already gone: what was asked for.
      if (!(error instanceof Error && error.name === "ResourceNotFoundException")) throw error;
    }
    await ctx.call("events", "DeleteRule", { Name: name, EventBusName });
  },
  read: readRule,
});

/** AWS: a rule on the default bus is known by its name, one on another by both. */
const physicalId = (name: string, { EventBusName }: RuleProperties): string =>
  EventBusName === undefined || EventBusName === "default" ? name : `${EventBusName}|${name}`;

const putRule = async (ctx: ResourceContext, Name: string, desired: RuleProperties): Promise<string> => {
  const { RuleArn = "" } = await ctx.call("events", "PutRule", {
    Name,
    Description: desired.Description,
    EventBusName: desired.EventBusName,
    EventPattern: desired.EventPattern && JSON.stringify(desired.EventPattern),
    ScheduleExpression: desired.ScheduleExpression,
    RoleArn: desired.RoleArn,
    State: desired.State,
    Tags: resourceTags(ctx, desired.Tags),
  });
  return RuleArn;
};

/** AWS: PutRule gives tags to a new rule only. */
const putTags = async (ctx: ResourceContext, ResourceARN: string, before: RuleProperties, desired: RuleProperties) => {
  const Tags = resourceTags(ctx, desired.Tags);
  const TagKeys = droppedTagKeys(before.Tags, Tags);
  if (TagKeys.length > 0) await ctx.call("events", "UntagResource", { ResourceARN, TagKeys });
  if (Tags.length > 0) await ctx.call("events", "TagResource", { ResourceARN, Tags });
};

const putTargets = async (
  ctx: ResourceContext,
  Rule: string,
  { Targets = [], EventBusName }: RuleProperties,
): Promise<void> => {
  if (Targets.length > 0) await ctx.call("events", "PutTargets", { Rule, EventBusName, Targets });
};
