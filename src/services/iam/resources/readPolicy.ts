import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { plain, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";
import { decoded } from "./readRole.ts";

const GONE = "NoSuchEntityException";

/** An inline policy as it is now with those it was given to; undefined when none of them has it any more. */
export const readPolicy = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const PolicyName = textOf(given, "PolicyName");
  if (PolicyName === undefined) return undefined;
  const found = {
    Roles: new Map<string, string>(),
    Users: new Map<string, string>(),
    Groups: new Map<string, string>(),
  };
  for (const RoleName of namesOf(given, "Roles")) {
    const policy = await unlessMissing(ctx.call("iam", "GetRolePolicy", { RoleName, PolicyName }), GONE);
    if (policy) found.Roles.set(RoleName, policy.PolicyDocument ?? "");
  }
  for (const UserName of namesOf(given, "Users")) {
    const policy = await unlessMissing(ctx.call("iam", "GetUserPolicy", { UserName, PolicyName }), GONE);
    if (policy) found.Users.set(UserName, policy.PolicyDocument ?? "");
  }
  for (const GroupName of namesOf(given, "Groups")) {
    const policy = await unlessMissing(ctx.call("iam", "GetGroupPolicy", { GroupName, PolicyName }), GONE);
    if (policy) found.Groups.set(GroupName, policy.PolicyDocument ?? "");
  }
  const documents = Object.values(found).flatMap((holders) => [...holders.values()].map(decoded));
  if (documents.length === 0) return undefined;
  // Where holders differ, the one that is not as the template says tells it.
  const asked = JSON.stringify(given["PolicyDocument"]);
  const PolicyDocument = documents.find((document) => JSON.stringify(document) !== asked) ?? documents[0];
  const holders = Object.entries(found).map(([kind, map]) => [kind, [...map.keys()]] as const);
  const properties = plain({ PolicyName, PolicyDocument, ...Object.fromEntries(holders) });
  return { physicalId, attributes: { Id: physicalId }, properties, unread: [] };
};

const namesOf = (given: JsonObject, property: string): readonly string[] => {
  const names = given[property];
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
};
