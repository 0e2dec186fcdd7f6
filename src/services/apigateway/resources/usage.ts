import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import { defineResourceType } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { escaped, memberPatches } from "./patches.ts";
import { readApiKey, readUsagePlan, readUsagePlanKey } from "./readUsage.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-apikey.html */
interface ApiKeyProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly Enabled?: boolean;
  readonly Value?: string;
  readonly CustomerId?: string;
  readonly GenerateDistinctId?: boolean;
  readonly StageKeys?: readonly { readonly RestApiId?: string; readonly StageName?: string }[];
  readonly Tags?: TagList;
}

const keyMembers = ({ Description, Enabled, CustomerId }: ApiKeyProperties) => ({
  description: Description,
  enabled: Enabled,
  customerId: CustomerId,
});

export const apiKeyType = defineResourceType<ApiKeyProperties>({
  name: "AWS::ApiGateway::ApiKey",
  read: readApiKey,
  create: async (ctx, desired) => {
    const { id = "" } = await ctx.call("apigateway", "CreateApiKey", {
      ...keyMembers(desired),
      name: desired.Name ?? ctx.physicalName(),
      value: desired.Value,
      generateDistinctId: desired.GenerateDistinctId,
      stageKeys: desired.StageKeys?.map(({ RestApiId, StageName }) => ({ restApiId: RestApiId, stageName: StageName })),
      tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: id, attributes: { APIKeyId: id } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const patchOperations = [
      ...memberPatches(keyMembers(properties), keyMembers(desired)),
      ...stagePatchesOf(properties, desired),
    ];
    if (patchOperations.length > 0)
      await ctx.call("apigateway", "UpdateApiKey", { apiKey: physicalId, patchOperations });
    await retag(ctx, `/apikeys/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigateway", "DeleteApiKey", { apiKey: physicalId }));
  },
});

const stagePatchesOf = (before: ApiKeyProperties, after: ApiKeyProperties): PatchOperation[] => {
  const stages = ({ StageKeys = [] }: ApiKeyProperties) =>
    StageKeys.map(({ RestApiId, StageName }) => `${RestApiId}/${StageName}`);
  const [had, has] = [stages(before), stages(after)];
  const patches = (op: "add" | "remove", names: readonly string[]) =>
    names.map((value): PatchOperation => ({ op, path: "/stages", value }));
  return [
    ...patches(
      "remove",
      had.filter((name) => !has.includes(name)),
    ),
    ...patches(
      "add",
      has.filter((name) => !had.includes(name)),
    ),
  ];
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplan.html */
interface UsagePlanProperties {
  readonly UsagePlanName?: string;
  readonly Description?: string;
  readonly ApiStages?: readonly PlanStage[];
  readonly Quota?: { readonly Limit?: number; readonly Offset?: number; readonly Period?: "DAY" | "WEEK" | "MONTH" };
  readonly Throttle?: Throttle;
  readonly Tags?: TagList;
}

interface Throttle {
  readonly BurstLimit?: number;
  readonly RateLimit?: number;
}

interface PlanStage {
  readonly ApiId?: string;
  readonly Stage?: string;
  readonly Throttle?: Readonly<Record<string, Throttle>>;
}

const throttleOf = ({ BurstLimit, RateLimit }: Throttle) => ({ burstLimit: BurstLimit, rateLimit: RateLimit });

export const usagePlanType = defineResourceType<UsagePlanProperties>({
  name: "AWS::ApiGateway::UsagePlan",
  read: readUsagePlan,
  create: async (ctx, desired) => {
    const { Quota, Throttle, ApiStages = [] } = desired;
    const { id = "" } = await ctx.call("apigateway", "CreateUsagePlan", {
      name: desired.UsagePlanName ?? ctx.physicalName(),
      description: desired.Description,
      apiStages: ApiStages.map(({ ApiId, Stage, Throttle: own }) => ({
        apiId: ApiId,
        stage: Stage,
        ...(own && {
          throttle: Object.fromEntries(Object.entries(own).map(([path, limits]) => [path, throttleOf(limits)])),
        }),
      })),
      ...(Quota ? { quota: { limit: Quota.Limit, offset: Quota.Offset, period: Quota.Period } } : {}),
      ...(Throttle ? { throttle: throttleOf(Throttle) } : {}),
      tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: id, attributes: { Id: id } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const name = desired.UsagePlanName ?? (properties.UsagePlanName && ctx.physicalName());
    const patchOperations = planPatches(properties, name === undefined ? desired : { ...desired, UsagePlanName: name });
    if (patchOperations.length > 0)
      await ctx.call("apigateway", "UpdateUsagePlan", { usagePlanId: physicalId, patchOperations });
    await retag(ctx, `/usageplans/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { ApiStages = [] } }) => {
    // AWS: a plan goes only once no stage is left in it.
    const patchOperations = ApiStages.map(({ ApiId, Stage }) => stagePatch("remove", `${ApiId}:${Stage}`));
    if (patchOperations.length > 0)
      await orGone(ctx.call("apigateway", "UpdateUsagePlan", { usagePlanId: physicalId, patchOperations }));
    await orGone(ctx.call("apigateway", "DeleteUsagePlan", { usagePlanId: physicalId }));
  },
});

const removal = (path: string): PatchOperation => ({ op: "remove", path });

const stagePatch = (op: "add" | "remove", value: string): PatchOperation => ({ op, path: "/apiStages", value });

const planPatches = (before: UsagePlanProperties, after: UsagePlanProperties): PatchOperation[] => {
  const names = ({ ApiStages = [] }: UsagePlanProperties) => ApiStages.map(({ ApiId, Stage }) => `${ApiId}:${Stage}`);
  const members = (of: UsagePlanProperties) => ({
    name: of.UsagePlanName,
    description: of.Description,
    ...(after.Throttle && {
      "throttle/rateLimit": of.Throttle?.RateLimit,
      "throttle/burstLimit": of.Throttle?.BurstLimit,
    }),
    ...(after.Quota && {
      "quota/limit": of.Quota?.Limit,
      "quota/offset": of.Quota?.Offset,
      "quota/period": of.Quota?.Period,
    }),
  });
  const limits = (after.ApiStages ?? []).flatMap(({ ApiId, Stage, Throttle: own = {} }) =>
    Object.entries(own).flatMap(([path, { RateLimit, BurstLimit }]) => {
      const [, resource = "", method = ""] = /^(.*)\/(\w+|\*)$/.exec(path) ?? [];
      const at = `/apiStages/${ApiId}:${Stage}/throttle/${escaped(resource)}/${method}`;
      return Object.entries({ rateLimit: RateLimit, burstLimit: BurstLimit }).flatMap(
        ([name, value]): PatchOperation[] =>
          value === undefined ? [] : [{ op: "replace", path: `${at}/${name}`, value: String(value) }],
      );
    }),
  );
  return [
    ...memberPatches(members(before), members(after)),
    ...(before.Throttle && !after.Throttle ? [removal("/throttle")] : []),
    ...(before.Quota && !after.Quota ? [removal("/quota")] : []),
    ...names(before)
      .filter((name) => !names(after).includes(name))
      .map((name) => stagePatch("remove", name)),
    ...names(after)
      .filter((name) => !names(before).includes(name))
      .map((name) => stagePatch("add", name)),
    ...limits,
  ];
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplankey.html */
interface UsagePlanKeyProperties {
  readonly UsagePlanId: string;
  readonly KeyId: string;
  readonly KeyType: string;
}

export const usagePlanKeyType = defineResourceType<UsagePlanKeyProperties>({
  name: "AWS::ApiGateway::UsagePlanKey",
  read: readUsagePlanKey,
  create: async (ctx, { UsagePlanId, KeyId, KeyType }) => {
    await ctx.call("apigateway", "CreateUsagePlanKey", { usagePlanId: UsagePlanId, keyId: KeyId, keyType: KeyType });
    const physicalId = `${KeyId}:${UsagePlanId}`;
    return { physicalId, attributes: { Id: physicalId } };
  },
  delete: async (ctx, { properties: { UsagePlanId, KeyId } }) => {
    await orGone(ctx.call("apigateway", "DeleteUsagePlanKey", { usagePlanId: UsagePlanId, keyId: KeyId }));
  },
});
