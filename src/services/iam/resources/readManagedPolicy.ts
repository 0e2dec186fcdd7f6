import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { plain, unlessMissing } from "../../../kernel/resourceReading.ts";
import { decoded } from "./readRole.ts";

/** A managed policy with what it is attached to; undefined when it is gone. */
export const readManagedPolicy = async (
  ctx: ResourceContext,
  PolicyArn: string,
): Promise<Pick<ResourceReading, "properties" | "unread"> | undefined> => {
  const found = await unlessMissing(ctx.call("iam", "GetPolicy", { PolicyArn }), "NoSuchEntityException");
  if (!found?.Policy) return undefined;
  const { PolicyName, Path, Description, DefaultVersionId: VersionId } = found.Policy;
  const { PolicyVersion } = await ctx.call("iam", "GetPolicyVersion", { PolicyArn, VersionId });
  const holders = { PolicyRoles: new Set<string>(), PolicyUsers: new Set<string>(), PolicyGroups: new Set<string>() };
  let Marker: string | undefined;
  do {
    const page = await ctx.call("iam", "ListEntitiesForPolicy", { PolicyArn, Marker });
    for (const { RoleName } of page.PolicyRoles ?? []) holders.PolicyRoles.add(RoleName ?? "");
    for (const { UserName } of page.PolicyUsers ?? []) holders.PolicyUsers.add(UserName ?? "");
    for (const { GroupName } of page.PolicyGroups ?? []) holders.PolicyGroups.add(GroupName ?? "");
    Marker = page.Marker;
  } while (Marker !== undefined);
  const properties = plain({
    ...{ ManagedPolicyName: PolicyName, Path, Description, PolicyDocument: decoded(PolicyVersion?.Document) },
    ...{ Roles: [...holders.PolicyRoles], Users: [...holders.PolicyUsers], Groups: [...holders.PolicyGroups] },
  });
  return { properties, unread: [] };
};
