import type { KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, refuseChange } from "../../../kernel/resource.ts";
import { parsed, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { defaultPolicy } from "../policies.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
interface KeyProperties {
  readonly Description?: string;
  readonly BypassPolicyLockoutSafetyCheck?: boolean;
  readonly Enabled?: boolean;
  readonly EnableKeyRotation?: boolean;
  readonly RotationPeriodInDays?: number;
  readonly KeyPolicy?: JsonObject;
  readonly KeySpec?: KeySpec;
  readonly KeyUsage?: KeyUsageType;
  readonly MultiRegion?: boolean;
  readonly Origin?: "AWS_KMS" | "EXTERNAL";
  readonly PendingWindowInDays?: number;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const NEVER_CHANGED = ["KeySpec", "KeyUsage", "MultiRegion", "Origin"] as const;

export const keyType = defineResourceType<KeyProperties>({
  name: "AWS::KMS::Key",
  create: async (ctx, desired) => {
    const { KeyMetadata } = await ctx.call("kms", "CreateKey", {
      Description: desired.Description,
      KeySpec: desired.KeySpec,
      KeyUsage: desired.KeyUsage,
      MultiRegion: desired.MultiRegion,
      Origin: desired.Origin,
      Policy: desired.KeyPolicy && JSON.stringify(desired.KeyPolicy),
      BypassPolicyLockoutSafetyCheck: desired.BypassPolicyLockoutSafetyCheck,
      Tags: tagsOf(ctx, desired),
    });
    const { KeyId = "", Arn = "" } = KeyMetadata ?? {};
    ctx.made(KeyId);
    if (desired.EnableKeyRotation) await rotate(ctx, KeyId, desired);
    if (desired.Enabled === false) await ctx.call("kms", "DisableKey", { KeyId });
    return { physicalId: KeyId, attributes: { Arn, KeyId } };
  },
  update: async (ctx, { physicalId: KeyId, attributes, properties }, desired) => {
    // AWS: a change of what a key is fails, and does not replace it: what it has encrypted would be lost.
    for (const name of NEVER_CHANGED) refuseChange(ctx, "AWS::KMS::Key", KeyId, [properties[name], desired[name]]);
    if (desired.Description !== properties.Description) {
      await ctx.call("kms", "UpdateKeyDescription", { KeyId, Description: desired.Description ?? "" });
    }
    const { KeyPolicy, BypassPolicyLockoutSafetyCheck } = desired;
    if (KeyPolicy ?? properties.KeyPolicy) {
      const Policy = KeyPolicy ? JSON.stringify(KeyPolicy) : defaultPolicy(ctx);
      await ctx.call("kms", "PutKeyPolicy", { KeyId, Policy, BypassPolicyLockoutSafetyCheck });
    }
    if (desired.EnableKeyRotation) await rotate(ctx, KeyId, desired);
    else if (properties.EnableKeyRotation) await ctx.call("kms", "DisableKeyRotation", { KeyId });
    await ctx.call("kms", desired.Enabled === false ? "DisableKey" : "EnableKey", { KeyId });
    const Tags = tagsOf(ctx, desired);
    const gone = (properties.Tags ?? [])
      .map(({ Key }) => Key)
      .filter((key) => !Tags.some(({ TagKey }) => TagKey === key));
    if (gone.length > 0) await ctx.call("kms", "UntagResource", { KeyId, TagKeys: gone });
    if (Tags.length > 0) await ctx.call("kms", "TagResource", { KeyId, Tags });
    return { physicalId: KeyId, attributes };
  },
  delete: async (ctx, { physicalId: KeyId, properties }) => {
    try {
      await ctx.call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: properties.PendingWindowInDays });
    } catch (error) {
      if (!(error instanceof Error && /^(NotFound|KMSInvalidState)Exception$/.test(error.name))) throw error;
    }
  },
  read: async (ctx, KeyId) => {
    const found = await unlessMissing(ctx.call("kms", "DescribeKey", { KeyId }), "NotFoundException");
    const key = found?.KeyMetadata;
    // AWS: a key that waits to be deleted is gone for its stack.
    if (!key || key.KeyState === "PendingDeletion") return undefined;
    const { Policy } = await ctx.call("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" });
    const rotation = await ctx.call("kms", "GetKeyRotationStatus", { KeyId });
    const { Tags } = await ctx.call("kms", "ListResourceTags", { KeyId });
    const { Description, Enabled, KeySpec, KeyUsage, MultiRegion, Origin, Arn = "" } = key;
    const properties = plain({
      ...{ Description, Enabled, KeySpec, KeyUsage, MultiRegion, Origin },
      EnableKeyRotation: rotation.KeyRotationEnabled,
      RotationPeriodInDays: rotation.RotationPeriodInDays,
      KeyPolicy: parsed(Policy),
      Tags: tagList(Tags),
    });
    const unread = ["BypassPolicyLockoutSafetyCheck", "PendingWindowInDays"];
    return { physicalId: KeyId, attributes: { Arn, KeyId }, properties, unread };
  },
});

const rotate = async (ctx: ResourceContext, KeyId: string, { RotationPeriodInDays }: KeyProperties): Promise<void> => {
  await ctx.call("kms", "EnableKeyRotation", { KeyId, RotationPeriodInDays });
};

const tagsOf = (ctx: ResourceContext, { Tags = [] }: KeyProperties) => {
  const own = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  return Object.entries({ ...ctx.tags, ...own }).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
};
