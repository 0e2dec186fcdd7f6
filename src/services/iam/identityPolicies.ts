import type { RolePrincipal, UserPrincipal } from "../../kernel/principal.ts";
import { compilePolicyText } from "./evaluation/compile.ts";
import type { AttachedPolicy } from "./evaluation/evaluate.ts";
import { awsManagedPolicy } from "./managedPolicies.ts";
import type { GroupRecord, Named, PolicyHolder, PolicyRecord, RoleRecord, TagRecord, UserRecord } from "./records.ts";

/** Everything that binds one user or role wherever it acts. */
export interface IdentityBinding {
  readonly identity: readonly AttachedPolicy[];
  readonly boundary: AttachedPolicy | undefined;
  readonly tags: readonly TagRecord[];
}

/** What a role's trust policy says. */
export interface RoleTrust {
  readonly role: RoleRecord;
  readonly policy: AttachedPolicy;
}

/** Compiled policies by identity, kept until any record changes: they are asked on every call. */
export interface IdentityPolicies {
  of(principal: UserPrincipal | RolePrincipal): IdentityBinding;
  trustOf(roleName: string): RoleTrust | undefined;
  forget(): void;
}

export interface PolicySources {
  readonly roles: Named<RoleRecord>;
  readonly users: Named<UserRecord>;
  readonly groups: Named<GroupRecord>;
  readonly policies: Named<PolicyRecord>;
}

export const openIdentityPolicies = (sources: PolicySources): IdentityPolicies => {
  const bindings = new Map<string, IdentityBinding>();
  const trusts = new Map<string, RoleTrust>();
  return {
    of: (principal) => {
      const key =
        principal.kind === "role" ? principal.userId.slice(0, principal.userId.indexOf(":")) : principal.userId;
      const known = bindings.get(key);
      if (known) return known;
      const made = bindingOf(sources, principal, key);
      bindings.set(key, made);
      return made;
    },
    trustOf: (roleName) => {
      const known = trusts.get(roleName);
      if (known) return known;
      const role = sources.roles.get(roleName);
      if (!role) return undefined;
      const trust = { role, policy: { source: role.arn, policy: compilePolicyText(role.trustPolicy) } };
      trusts.set(roleName, trust);
      return trust;
    },
    forget: () => {
      bindings.clear();
      trusts.clear();
    },
  };
};

const NOTHING: IdentityBinding = { identity: [], boundary: undefined, tags: [] };

/** AWS: a session or key outlives its deleted role or user, and may do nothing; so does one whose name was given again. */
const bindingOf = (sources: PolicySources, principal: UserPrincipal | RolePrincipal, id: string): IdentityBinding => {
  const holder =
    principal.kind === "role" ? sources.roles.get(principal.roleName) : sources.users.get(principal.userName);
  if (holder?.id !== id) return NOTHING;
  const groups = "groups" in holder ? holder.groups.flatMap((name) => sources.groups.get(name) ?? []) : [];
  return {
    identity: [holder, ...groups].flatMap((each) => policiesOf(sources, each)),
    boundary: holder.boundaryArn === undefined ? undefined : managedPolicy(sources, holder.boundaryArn),
    tags: holder.tags,
  };
};

const policiesOf = (sources: PolicySources, holder: PolicyHolder): readonly AttachedPolicy[] => [
  ...holder.inlinePolicies.map(({ name, document }) => ({ source: name, policy: compilePolicyText(document) })),
  ...holder.attachedPolicies.flatMap((arn) => managedPolicy(sources, arn) ?? []),
];

const managedPolicy = (sources: PolicySources, arn: string): AttachedPolicy | undefined => {
  const document = managedDocument(sources, arn);
  return document === undefined ? undefined : { source: arn, policy: compilePolicyText(document) };
};

/** The document in force of a managed policy, AWS's or the account's own. */
export const managedDocument = ({ policies }: Pick<PolicySources, "policies">, arn: string): string | undefined => {
  const aws = awsManagedPolicy(arn);
  if (aws) return aws.document;
  const own = policies.get(arn.slice(arn.lastIndexOf("/") + 1));
  if (own?.arn !== arn) return undefined;
  return own.versions.find(({ versionId }) => versionId === own.defaultVersionId)?.document;
};
