import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { parsed, plain, type ResourceReader, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { retag, scheduleDeletion, tagsOf } from "./keyParts.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html */
interface ReplicaKeyProperties {
  readonly PrimaryKeyArn: string;
  readonly KeyPolicy: JsonObject;
  readonly Description?: string;
  readonly Enabled?: boolean;
  readonly PendingWindowInDays?: number;
  readonly Tags?: TagList;
}

const read: ResourceReader = async (ctx, KeyId) => {
  const key = (await unlessMissing(ctx.call("kms", "DescribeKey", { KeyId }), "NotFoundException"))?.KeyMetadata;
  if (!key || key.KeyState === "PendingDeletion") return undefined;
  const { Policy } = await ctx.call("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" });
  const { Tags } = await ctx.call("kms", "ListResourceTags", { KeyId });
  const { Arn = "", Description, Enabled, MultiRegionConfiguration } = key;
  const properties = plain({
    ...{ Description, Enabled },
    PrimaryKeyArn: MultiRegionConfiguration?.PrimaryKey?.Arn,
    KeyPolicy: parsed(Policy),
    Tags: tagList(Tags),
  });
  return { physicalId: KeyId, attributes: { Arn, KeyId }, properties, unread: ["PendingWindowInDays"] };
};

export const replicaKeyType = defineResourceType<ReplicaKeyProperties>({
  name: "AWS::KMS::ReplicaKey",
  read,
  create: async (ctx, desired) => {
    const [, , , primaryRegion = ctx.region] = desired.PrimaryKeyArn.split(":");
    const { ReplicaKeyMetadata } = await ctx.callIn(primaryRegion)("kms", "ReplicateKey", {
      KeyId: desired.PrimaryKeyArn,
      ReplicaRegion: ctx.region,
      Policy: JSON.stringify(desired.KeyPolicy),
      Description: desired.Description,
      Tags: tagsOf(ctx, desired.Tags),
    });
    const { KeyId = "", Arn = "" } = ReplicaKeyMetadata ?? {};
    ctx.made(KeyId);
    if (desired.Enabled === false) await ctx.call("kms", "DisableKey", { KeyId });
    return { physicalId: KeyId, attributes: { Arn, KeyId } };
  },
  update: async (ctx, { physicalId: KeyId, attributes, properties }, desired) => {
    await ctx.call("kms", "UpdateKeyDescription", { KeyId, Description: desired.Description ?? "" });
    await ctx.call("kms", "PutKeyPolicy", { KeyId, Policy: JSON.stringify(desired.KeyPolicy) });
    await ctx.call("kms", desired.Enabled === false ? "DisableKey" : "EnableKey", { KeyId });
    await retag(ctx, KeyId, properties.Tags, desired.Tags);
    return { physicalId: KeyId, attributes };
  },
  delete: (ctx, { physicalId, properties }) => scheduleDeletion(ctx, physicalId, properties.PendingWindowInDays),
});
