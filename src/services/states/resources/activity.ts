import { parseArn } from "../../../kernel/arn.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { type EncryptionProperties, encryptionOf } from "./encryption.ts";
import { readActivity } from "./readStateMachine.ts";
import { changeTags, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-activity.html */
interface ActivityProperties {
  readonly Name: string;
  readonly EncryptionConfiguration?: EncryptionProperties;
  readonly Tags?: TagList;
}

export const activityType = defineResourceType<ActivityProperties>({
  name: "AWS::StepFunctions::Activity",
  read: readActivity,
  create: async (ctx, desired) => {
    const { activityArn = "" } = await ctx.call("states", "CreateActivity", {
      name: desired.Name,
      encryptionConfiguration: desired.EncryptionConfiguration && encryptionOf(desired.EncryptionConfiguration),
      tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: activityArn, attributes: { Arn: activityArn, Name: desired.Name } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await changeTags(ctx, physicalId, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    if (parseArn(physicalId)) await ctx.call("states", "DeleteActivity", { activityArn: physicalId });
  },
});
