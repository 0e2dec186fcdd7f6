import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";

/** A role as it is now, in the words of its template; undefined when it is gone. */
export const readRole = async (
  { call }: Pick<ResourceContext, "call">,
  RoleName: string,
): Promise<ResourceReading | undefined> => {
  const role = await roleOrNone({ call }, RoleName);
  if (!role) return undefined;
  const { AttachedPolicies = [] } = await call("iam", "ListAttachedRolePolicies", { RoleName });
  const Policies = await inlinePolicies({ call }, RoleName);
  const Tags = (role.Tags ?? []).filter(({ Key = "" }) => !Key.startsWith("aws:"));
  const properties: JsonObject = {
    RoleName,
    Path: role.Path ?? "/",
    AssumeRolePolicyDocument: decoded(role.AssumeRolePolicyDocument),
    ...(role.Description === undefined ? {} : { Description: role.Description }),
    MaxSessionDuration: role.MaxSessionDuration ?? null,
    ManagedPolicyArns: AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn),
    ...(Policies.length === 0 ? {} : { Policies }),
    ...(role.PermissionsBoundary === undefined
      ? {}
      : { PermissionsBoundary: role.PermissionsBoundary.PermissionsBoundaryArn ?? "" }),
    ...(Tags.length === 0 ? {} : { Tags: Tags.map(({ Key = "", Value = "" }) => ({ Key, Value })) }),
  };
  return {
    physicalId: RoleName,
    attributes: { Arn: role.Arn ?? "", RoleId: role.RoleId ?? "" },
    properties,
    unread: [],
  };
};

const roleOrNone = async ({ call }: Pick<ResourceContext, "call">, RoleName: string) => {
  try {
    return (await call("iam", "GetRole", { RoleName })).Role;
  } catch (error) {
    if (errorCode(error) === "NoSuchEntityException") return undefined;
    throw error;
  }
};

const inlinePolicies = async (
  { call }: Pick<ResourceContext, "call">,
  RoleName: string,
): Promise<readonly JsonObject[]> => {
  const { PolicyNames = [] } = await call("iam", "ListRolePolicies", { RoleName });
  const policies: JsonObject[] = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await call("iam", "GetRolePolicy", { RoleName, PolicyName });
    policies.push({ PolicyName, PolicyDocument: decoded(PolicyDocument) });
  }
  return policies;
};

/** IAM answers documents as they stand in an address. */
export const decoded = (document: string | undefined): JsonValue => JSON.parse(decodeURIComponent(document ?? "null"));
