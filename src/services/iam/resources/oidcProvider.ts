import { known } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { unlessGone } from "./policyCalls.ts";
import { readOidcProvider } from "./readOthers.ts";
import { allTags, goneKeys, type TagProperty } from "./tags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html */
interface OidcProviderProperties {
  readonly Url?: string;
  readonly ClientIdList?: readonly string[];
  readonly ThumbprintList?: readonly string[];
  readonly Tags?: readonly TagProperty[];
}

export const oidcProviderType = defineResourceType<OidcProviderProperties>({
  name: "AWS::IAM::OIDCProvider",
  read: readOidcProvider,
  create: async (ctx, desired) => {
    const { OpenIDConnectProviderArn } = await ctx.call("iam", "CreateOpenIDConnectProvider", {
      Url: desired.Url,
      ClientIDList: [...(desired.ClientIdList ?? [])],
      ThumbprintList: [...(desired.ThumbprintList ?? [])],
      Tags: [...allTags(ctx, desired.Tags)],
    });
    const arn = known(OpenIDConnectProviderArn, "the provider's ARN");
    return { physicalId: arn, attributes: { Arn: arn } };
  },
  update: async (ctx, { physicalId: OpenIDConnectProviderArn, attributes, properties: before }, desired) => {
    await changeClients(ctx, OpenIDConnectProviderArn, before.ClientIdList ?? [], desired.ClientIdList ?? []);
    if (desired.ThumbprintList ?? before.ThumbprintList) {
      const ThumbprintList = [...(desired.ThumbprintList ?? [])];
      await ctx.call("iam", "UpdateOpenIDConnectProviderThumbprint", { OpenIDConnectProviderArn, ThumbprintList });
    }
    const Tags = [...allTags(ctx, desired.Tags)];
    const TagKeys = [...goneKeys(before.Tags, Tags)];
    if (TagKeys.length > 0) {
      await ctx.call("iam", "UntagOpenIDConnectProvider", { OpenIDConnectProviderArn, TagKeys });
    }
    if (Tags.length > 0) await ctx.call("iam", "TagOpenIDConnectProvider", { OpenIDConnectProviderArn, Tags });
    return { physicalId: OpenIDConnectProviderArn, attributes };
  },
  delete: async (ctx, { physicalId }) =>
    unlessGone(ctx.call("iam", "DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: physicalId })),
});

const changeClients = async (
  ctx: ResourceContext,
  OpenIDConnectProviderArn: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> => {
  for (const ClientID of after.filter((id) => !before.includes(id))) {
    await ctx.call("iam", "AddClientIDToOpenIDConnectProvider", { OpenIDConnectProviderArn, ClientID });
  }
  for (const ClientID of before.filter((id) => !after.includes(id))) {
    await ctx.call("iam", "RemoveClientIDFromOpenIDConnectProvider", { OpenIDConnectProviderArn, ClientID });
  }
};
