import type { KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, refuseChange } from "../../../kernel/resource.ts";
import { parsed, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { defaultPolicy } from "../policies.ts";
import { retag, scheduleDeletion, tagsOf } from "./keyParts.ts";

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
  readonly Tags?: TagList;
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
      Tags: tagsOf(ctx, desired.Tags),
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
    await retag(ctx, KeyId, properties.Tags, desired.Tags);
    return { physicalId: KeyId, attributes };
  },
  delete: (ctx, { physicalId, properties }) => scheduleDeletion(ctx, physicalId, properties.PendingWindowInDays),
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
