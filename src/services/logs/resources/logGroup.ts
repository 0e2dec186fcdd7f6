import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext, refuseChange } from "../../../kernel/resource.ts";
import { plain, tagList } from "../../../kernel/resourceReading.ts";
import { orGone } from "./gone.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
interface LogGroupProperties {
  readonly LogGroupName?: string;
  readonly LogGroupClass?: "STANDARD" | "INFREQUENT_ACCESS" | "DELIVERY";
  readonly RetentionInDays?: number;
  readonly KmsKeyId?: string;
  readonly DeletionProtectionEnabled?: boolean;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const UNBUILT = [
  "BearerTokenAuthenticationEnabled",
  "DataProtectionPolicy",
  "FieldIndexPolicies",
  "ResourcePolicyDocument",
];

export const logGroupType = defineResourceType<LogGroupProperties>({
  name: "AWS::Logs::LogGroup",
  unbuilt: UNBUILT,
  create: async (ctx, desired) => {
    const logGroupName = desired.LogGroupName ?? ctx.physicalName();
    await createOrTakeUp(ctx, logGroupName, desired);
    ctx.made(logGroupName);
    if (desired.RetentionInDays !== undefined) await retain(ctx, logGroupName, desired.RetentionInDays);
    return { physicalId: logGroupName, attributes: { Arn: `${groupArn(ctx, logGroupName)}:*` } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    if (desired.RetentionInDays !== properties.RetentionInDays) await retain(ctx, physicalId, desired.RetentionInDays);
    if (desired.KmsKeyId !== properties.KmsKeyId) await encrypt(ctx, physicalId, desired.KmsKeyId);
    if (desired.DeletionProtectionEnabled !== properties.DeletionProtectionEnabled) {
      await ctx.call("logs", "PutLogGroupDeletionProtection", {
        logGroupIdentifier: physicalId,
        deletionProtectionEnabled: desired.DeletionProtectionEnabled ?? false,
      });
    }
    // AWS: a group keeps the class it was made with.
    const classOf = ({ LogGroupClass = "STANDARD" }: LogGroupProperties) => LogGroupClass;
    refuseChange(ctx, "AWS::Logs::LogGroup", physicalId, [classOf(properties), classOf(desired)]);
    const tags = tagsOf(ctx, desired);
    const resourceArn = groupArn(ctx, physicalId);
    const gone = (properties.Tags ?? []).flatMap(({ Key }) => (Key in tags ? [] : [Key]));
    if (gone.length > 0) await ctx.call("logs", "UntagResource", { resourceArn, tagKeys: gone });
    if (Object.keys(tags).length > 0) await ctx.call("logs", "TagResource", { resourceArn, tags });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("logs", "DeleteLogGroup", { logGroupName: physicalId }));
  },
  read: async (ctx, physicalId) => {
    const { logGroups = [] } = await ctx.call("logs", "DescribeLogGroups", { logGroupNamePrefix: physicalId });
    const group = logGroups.find(({ logGroupName }) => logGroupName === physicalId);
    if (!group) return undefined;
    const { tags } = await ctx.call("logs", "ListTagsForResource", { resourceArn: groupArn(ctx, physicalId) });
    const properties = plain({
      LogGroupName: physicalId,
      LogGroupClass: group.logGroupClass ?? "STANDARD",
      RetentionInDays: group.retentionInDays,
      KmsKeyId: group.kmsKeyId,
      DeletionProtectionEnabled: group.deletionProtectionEnabled,
      Tags: tagList(tags),
    });
    return { physicalId, attributes: { Arn: `${groupArn(ctx, physicalId)}:*` }, properties, unread: UNBUILT };
  },
});

/** A creation that was cut short finds the group it made, by the tags it gave it. */
const createOrTakeUp = async (ctx: ResourceContext, logGroupName: string, desired: LogGroupProperties) => {
  const ours = tagsOf(ctx, desired);
  try {
    await ctx.call("logs", "CreateLogGroup", {
      logGroupName,
      logGroupClass: desired.LogGroupClass,
      kmsKeyId: desired.KmsKeyId,
      deletionProtectionEnabled: desired.DeletionProtectionEnabled,
      tags: ours,
    });
  } catch (error) {
    if (errorCode(error) !== "ResourceAlreadyExistsException") throw error;
    const resourceArn = groupArn(ctx, logGroupName);
    const { tags = {} } = await ctx.call("logs", "ListTagsForResource", { resourceArn });
    if (!OWN_TAGS.every((name) => tags[name] === ours[name])) throw error;
  }
};

const OWN_TAGS = ["aws:cloudformation:stack-id", "aws:cloudformation:logical-id"];

const retain = async (ctx: ResourceContext, logGroupName: string, retentionInDays: number | undefined) => {
  if (retentionInDays === undefined) await ctx.call("logs", "DeleteRetentionPolicy", { logGroupName });
  else await ctx.call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays });
};

const encrypt = async (ctx: ResourceContext, logGroupName: string, kmsKeyId: string | undefined) => {
  if (kmsKeyId === undefined) await ctx.call("logs", "DisassociateKmsKey", { logGroupName });
  else await ctx.call("logs", "AssociateKmsKey", { logGroupName, kmsKeyId });
};

const groupArn = ({ partition, region, account }: ResourceContext, name: string): string =>
  `arn:${partition}:logs:${region}:${account}:log-group:${name}`;

const tagsOf = (ctx: ResourceContext, { Tags = [] }: LogGroupProperties): Record<string, string> => ({
  ...ctx.tags,
  ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
});
