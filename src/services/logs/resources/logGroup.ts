import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
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

export const logGroupType = defineResourceType<LogGroupProperties>({
  name: "AWS::Logs::LogGroup",
  create: async (ctx, desired) => {
    const logGroupName = desired.LogGroupName ?? ctx.physicalName();
    await ctx.call("logs", "CreateLogGroup", {
      logGroupName,
      logGroupClass: desired.LogGroupClass,
      kmsKeyId: desired.KmsKeyId,
      deletionProtectionEnabled: desired.DeletionProtectionEnabled,
      tags: tagsOf(ctx, desired),
    });
    await retain(ctx, logGroupName, desired.RetentionInDays);
    return { physicalId: logGroupName, attributes: { Arn: `${groupArn(ctx, logGroupName)}:*` } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    if (desired.RetentionInDays !== properties.RetentionInDays) await retain(ctx, physicalId, desired.RetentionInDays);
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
});

const retain = async (ctx: ResourceContext, logGroupName: string, retentionInDays: number | undefined) => {
  if (retentionInDays === undefined) await ctx.call("logs", "DeleteRetentionPolicy", { logGroupName });
  else await ctx.call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays });
};

const groupArn = ({ partition, region, account }: ResourceContext, name: string): string =>
  `arn:${partition}:logs:${region}:${account}:log-group:${name}`;

const tagsOf = (ctx: ResourceContext, { Tags = [] }: LogGroupProperties): Record<string, string> => ({
  ...ctx.tags,
  ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
});
