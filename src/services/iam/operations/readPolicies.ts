import { attachmentsByPolicy } from "../attachments.ts";
import { policyVersionNotFound } from "../errors.ts";
import { awsManagedPolicies } from "../managedPolicies.ts";
import { page } from "../paging.ts";
import { asRecord, findAnyPolicy, policyListView, policyView, versionDetailView, versionView } from "../policies.ts";
import type { Operation, Room } from "../room.ts";

export const getPolicy =
  (room: Room): Operation<"GetPolicy"> =>
  async (_ctx, { PolicyArn }) => {
    const policy = findAnyPolicy(room, PolicyArn);
    return { Policy: policyView(policy, attachmentsByPolicy(room).get(PolicyArn) ?? []) };
  };

export const getPolicyVersion =
  (room: Room): Operation<"GetPolicyVersion"> =>
  async (_ctx, { PolicyArn, VersionId }) => {
    const policy = findAnyPolicy(room, PolicyArn);
    const version = policy.versions.find(({ versionId }) => versionId === VersionId);
    if (!version) throw policyVersionNotFound(PolicyArn, VersionId);
    return { PolicyVersion: versionDetailView(policy, version) };
  };

export const listPolicyVersions =
  (room: Room): Operation<"ListPolicyVersions"> =>
  async (_ctx, input) => {
    const policy = findAnyPolicy(room, input.PolicyArn);
    const { items, paging } = page([...policy.versions].reverse(), input);
    return { Versions: items.map((version) => versionView(policy, version)), ...paging };
  };

/** The account's own policies come first, then AWS's. */
export const listPolicies =
  (room: Room): Operation<"ListPolicies"> =>
  async (_ctx, input) => {
    const { Scope = "All", PathPrefix = "/", OnlyAttached, PolicyUsageFilter } = input;
    const own = Scope === "AWS" ? [] : [...room.policies.list()];
    const aws = Scope === "Local" ? [] : awsManagedPolicies(room.partition).map(asRecord);
    const attachments = attachmentsByPolicy(room);
    const usesOf = (arn: string) => attachments.get(arn) ?? [];
    const wanted = [...own, ...aws].filter(({ path, arn }) => {
      const uses = usesOf(arn);
      if (!path.startsWith(PathPrefix)) return false;
      if (OnlyAttached && !uses.some(({ asBoundary }) => !asBoundary)) return false;
      const asBoundary = PolicyUsageFilter === "PermissionsBoundary";
      return PolicyUsageFilter === undefined || uses.some((use) => use.asBoundary === asBoundary);
    });
    const { items, paging } = page(wanted, input);
    return { Policies: items.map((policy) => policyListView(policy, usesOf(policy.arn))), ...paging };
  };

export const listEntitiesForPolicy =
  (room: Room): Operation<"ListEntitiesForPolicy"> =>
  async (_ctx, input) => {
    const { PolicyArn, EntityFilter, PathPrefix = "/", PolicyUsageFilter } = input;
    findAnyPolicy(room, PolicyArn);
    const asBoundary = PolicyUsageFilter === "PermissionsBoundary";
    const wanted = (attachmentsByPolicy(room).get(PolicyArn) ?? []).filter(
      (use) =>
        use.holder.path.startsWith(PathPrefix) &&
        (PolicyUsageFilter === undefined || use.asBoundary === asBoundary) &&
        (EntityFilter === undefined || ENTITY_KINDS[EntityFilter] === use.kind),
    );
    const { items, paging } = page(wanted, input);
    const held = (kind: string) => items.flatMap((use) => (use.kind === kind ? [use.holder] : []));
    return {
      PolicyRoles: held("role").map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: held("user").map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyGroups: held("group").map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      ...paging,
    };
  };

const ENTITY_KINDS: Readonly<Record<string, string>> = { Role: "role", User: "user", Group: "group" };
