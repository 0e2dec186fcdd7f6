import { defineResourceType, type ResourceContext, refuseChange } from "../../../kernel/resource.ts";
import { plain, tagList } from "../../../kernel/resourceReading.ts";
import { resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { retag } from "./retag.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-xray-samplingrule.html */
interface SamplingRuleProperties {
  readonly RuleName?: string;
  readonly SamplingRule?: Rule;
  readonly Tags?: TagList;
}

interface Rule {
  readonly RuleName?: string;
  readonly ResourceARN: string;
  readonly Priority: number;
  readonly FixedRate: number;
  readonly ReservoirSize: number;
  readonly ServiceName: string;
  readonly ServiceType: string;
  readonly Host: string;
  readonly HTTPMethod: string;
  readonly URLPath: string;
  readonly Version?: number;
  readonly Attributes?: Record<string, string>;
  readonly SamplingRateBoost?: { readonly MaxRate: number; readonly CooldownWindowMinutes: number };
}

/** AWS: there is no other. */
const RULE_VERSION = 1;

const TYPE = "AWS::XRay::SamplingRule";

export const samplingRuleType = defineResourceType<SamplingRuleProperties>({
  name: TYPE,
  unbuilt: ["SamplingRuleRecord", "SamplingRuleUpdate", "SamplingRule.RuleARN"],
  create: async (ctx, desired) => {
    const { SamplingRuleRecord } = await ctx.call("xray", "CreateSamplingRule", {
      SamplingRule: {
        // The service refuses a rule without any, in its own words.
        ...EMPTY,
        ...desired.SamplingRule,
        Version: desired.SamplingRule?.Version ?? RULE_VERSION,
        RuleName: nameOf(desired) ?? ctx.physicalName({ maxLength: 32 }),
      },
      Tags: resourceTags(ctx, desired.Tags),
    });
    return stateOf(SamplingRuleRecord?.SamplingRule?.RuleARN ?? "");
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    refuseChange(ctx, TYPE, physicalId, [fixedOf(properties), fixedOf(desired)]);
    const { Version: _version, RuleName: _name, ...rule } = desired.SamplingRule ?? {};
    await ctx.call("xray", "UpdateSamplingRule", {
      SamplingRuleUpdate: { Attributes: {}, ...rule, RuleARN: physicalId },
    });
    await retag(ctx, physicalId, properties.Tags, resourceTags(ctx, desired.Tags));
    return stateOf(physicalId);
  },
  delete: async (ctx, { physicalId }) => {
    if (await find(ctx, physicalId)) await ctx.call("xray", "DeleteSamplingRule", { RuleARN: physicalId });
  },
  read: async (ctx, physicalId, given) => {
    const found = await find(ctx, physicalId);
    if (!found) return undefined;
    const { RuleARN: _arn, ...rule } = found;
    const { Tags } = await ctx.call("xray", "ListTagsForResource", { ResourceARN: physicalId });
    const named = given["RuleName"] === undefined ? {} : { RuleName: rule.RuleName };
    return {
      ...stateOf(physicalId),
      properties: plain({ ...named, SamplingRule: rule, Tags: tagList(Tags) }),
      unread: [],
    };
  },
});

const EMPTY = {
  ResourceARN: undefined,
  Priority: undefined,
  FixedRate: undefined,
  ReservoirSize: undefined,
  ServiceName: undefined,
  ServiceType: undefined,
  Host: undefined,
  HTTPMethod: undefined,
  URLPath: undefined,
};

const nameOf = ({ SamplingRule, RuleName }: SamplingRuleProperties): string | undefined =>
  SamplingRule?.RuleName ?? RuleName;

/** What cannot be changed of a rule. */
const fixedOf = (properties: SamplingRuleProperties) => [
  nameOf(properties),
  properties.SamplingRule?.Version ?? RULE_VERSION,
];

const stateOf = (arn: string) => ({ physicalId: arn, attributes: { RuleARN: arn } });

const find = async ({ call }: ResourceContext, arn: string) => {
  const { SamplingRuleRecords = [] } = await call("xray", "GetSamplingRules", {});
  return SamplingRuleRecords.find(({ SamplingRule }) => SamplingRule?.RuleARN === arn)?.SamplingRule;
};
