import {
  asGiven,
  plain,
  type ResourceReader,
  tagList,
  textOf,
  unlessMissing,
} from "../../../kernel/resourceReading.ts";

const GONE = "NoSuchEntityException";

/** An instance profile as it is now. */
export const readInstanceProfile: ResourceReader = async (ctx, InstanceProfileName) => {
  const found = await unlessMissing(ctx.call("iam", "GetInstanceProfile", { InstanceProfileName }), GONE);
  const profile = found?.InstanceProfile;
  if (!profile) return undefined;
  const Roles = (profile.Roles ?? []).map(({ RoleName }) => RoleName);
  const properties = plain({ InstanceProfileName, Path: profile.Path, Roles });
  return { physicalId: InstanceProfileName, attributes: { Arn: profile.Arn ?? "" }, properties, unread: [] };
};

/** An identity provider as it is now. AWS: its URL is told without the scheme. */
export const readOidcProvider: ResourceReader = async (ctx, physicalId, given) => {
  const asked = ctx.call("iam", "GetOpenIDConnectProvider", { OpenIDConnectProviderArn: physicalId });
  const found = await unlessMissing(asked, GONE);
  if (!found) return undefined;
  const { Url, ClientIDList: ClientIdList, ThumbprintList, Tags } = found;
  const properties = plain({ Url: asGiven(given["Url"], Url), ClientIdList, ThumbprintList, Tags: tagList(Tags) });
  return { physicalId, attributes: { Arn: physicalId }, properties, unread: [] };
};

/** An access key as it is now; its secret is told once only, when it is made. */
export const readAccessKey: ResourceReader = async (ctx, physicalId, given) => {
  const UserName = textOf(given, "UserName");
  const found = await unlessMissing(ctx.call("iam", "ListAccessKeys", { UserName }), GONE);
  const key = found?.AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === physicalId);
  if (!key) return undefined;
  const properties = plain({ UserName: key.UserName, Status: key.Status });
  return { physicalId, attributes: { Id: physicalId }, properties, unread: ["Serial"] };
};

/** A role that a service has had made for itself, as it is now. */
export const readServiceLinkedRole: ResourceReader = async (ctx, RoleName) => {
  const role = (await unlessMissing(ctx.call("iam", "GetRole", { RoleName }), GONE))?.Role;
  if (!role) return undefined;
  const properties = plain({ Description: role.Description });
  const unread = ["AWSServiceName", "CustomSuffix"];
  return { physicalId: RoleName, attributes: { RoleName }, properties, unread };
};
