import { attachmentsByPolicy } from "../attachments.ts";
import { attachedPolicyView } from "../holders.ts";
import { awsManagedPolicy } from "../managedPolicies.ts";
import { page } from "../paging.ts";
import { asRecord, policyListView, versionDetailView } from "../policies.ts";
import type { PolicyHolder, PolicyRecord, RoleRecord, UserRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { encodedDocument, groupView, instanceProfileView, roleDetailView, tagView, userView } from "../views.ts";

type Entry =
  | { readonly kind: "User"; readonly record: UserRecord }
  | { readonly kind: "Group"; readonly record: PolicyHolder }
  | { readonly kind: "Role"; readonly record: RoleRecord }
  | { readonly kind: "LocalManagedPolicy" | "AWSManagedPolicy"; readonly record: PolicyRecord };

/** Everything in the account at once, as auditing tools take it. Of AWS's policies, those that are attached. */
export const getAccountAuthorizationDetails =
  (room: Room): Operation<"GetAccountAuthorizationDetails"> =>
  async (_ctx, input) => {
    const wanted = [...entriesOf(room)].filter(({ kind }) => !input.Filter?.length || input.Filter.includes(kind));
    const { items, paging } = page(wanted, input);
    return {
      UserDetailList: items.flatMap((entry) => (entry.kind === "User" ? [userDetail(entry.record)] : [])),
      GroupDetailList: items.flatMap((entry) => (entry.kind === "Group" ? [groupDetail(entry.record)] : [])),
      RoleDetailList: items.flatMap((entry) => (entry.kind === "Role" ? [roleDetail(room, entry.record)] : [])),
      Policies: items.flatMap((entry) =>
        entry.kind === "LocalManagedPolicy" || entry.kind === "AWSManagedPolicy"
          ? [policyDetail(room, entry.record)]
          : [],
      ),
      ...paging,
    };
  };

function* entriesOf(room: Room): Iterable<Entry> {
  for (const record of room.users.list()) yield { kind: "User", record };
  for (const record of room.groups.list()) yield { kind: "Group", record };
  for (const record of room.roles.list()) yield { kind: "Role", record };
  for (const record of room.policies.list()) yield { kind: "LocalManagedPolicy", record };
  for (const arn of attachmentsByPolicy(room).keys()) {
    const policy = awsManagedPolicy(arn);
    if (policy) yield { kind: "AWSManagedPolicy", record: asRecord(policy) };
  }
}

const inline = ({ inlinePolicies }: PolicyHolder) =>
  inlinePolicies.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encodedDocument(document) }));

const attached = ({ attachedPolicies }: PolicyHolder) => attachedPolicies.map(attachedPolicyView);

const userDetail = (user: UserRecord) => ({
  ...userView(user),
  UserPolicyList: inline(user),
  GroupList: [...user.groups],
  AttachedManagedPolicies: attached(user),
  Tags: user.tags.map(tagView),
});

const groupDetail = (group: PolicyHolder) => ({
  ...groupView(group),
  GroupPolicyList: inline(group),
  AttachedManagedPolicies: attached(group),
});

const roleDetail = (room: Room, role: RoleRecord) => ({
  ...roleDetailView(role, room.usage.of(role.id)),
  InstanceProfileList: [...room.instanceProfiles.list()]
    .filter(({ roleName }) => roleName === role.name)
    .map((profile) => instanceProfileView(profile, role)),
  RolePolicyList: inline(role),
  AttachedManagedPolicies: attached(role),
  Tags: role.tags.map(tagView),
});

const policyDetail = (room: Room, policy: PolicyRecord) => ({
  ...policyListView(policy, attachmentsByPolicy(room).get(policy.arn) ?? []),
  PolicyVersionList: policy.versions.map((version) => versionDetailView(policy, version)),
});
