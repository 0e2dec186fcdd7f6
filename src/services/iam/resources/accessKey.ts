import { known } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { unlessGone } from "./policyCalls.ts";
import { readAccessKey } from "./readOthers.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html */
interface AccessKeyProperties {
  readonly UserName: string;
  readonly Status?: "Active" | "Inactive";
  readonly Serial?: number;
}

export const accessKeyType = defineResourceType<AccessKeyProperties>({
  name: "AWS::IAM::AccessKey",
  withoutEffect: { Serial: "it only makes a new key when it changes" },
  read: readAccessKey,
  create: async (ctx, { UserName, Status }) => {
    const { AccessKey } = await ctx.call("iam", "CreateAccessKey", { UserName });
    const { AccessKeyId, SecretAccessKey } = known(AccessKey, "the new key");
    const physicalId = known(AccessKeyId, "its id");
    ctx.made(physicalId);
    if (Status === "Inactive") await ctx.call("iam", "UpdateAccessKey", { UserName, AccessKeyId, Status });
    return { physicalId, attributes: { Id: physicalId, SecretAccessKey: known(SecretAccessKey, "its secret") } };
  },
  update: async (ctx, { physicalId, attributes }, { UserName, Status = "Active" }) => {
    await ctx.call("iam", "UpdateAccessKey", { UserName, AccessKeyId: physicalId, Status });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { UserName } }) =>
    unlessGone(ctx.call("iam", "DeleteAccessKey", { UserName, AccessKeyId: physicalId })),
});
