import { PolicyNotAttachableException } from "@aws-sdk/client-iam";
import { checkIdentityPolicy, policyCharacters } from "./documents.ts";
import { limitExceeded, notFound, policyNotAttachable, policyNotFound, validationError } from "./errors.ts";
import { findGroup, findOwnRole, findRole, findUser } from "./find.ts";
import { managedDocument } from "./identityPolicies.ts";
import { MAX_ATTACHED_POLICIES, MAX_INLINE_POLICY_CHARACTERS } from "./limits.ts";
import { page } from "./paging.ts";
import type { PolicyHolder } from "./records.ts";
import type { Room } from "./room.ts";
import { encodedDocument } from "./views.ts";

export type HolderKind = "role" | "user" | "group";

type PolicyChange = Partial<Pick<PolicyHolder, "inlinePolicies" | "attachedPolicies">>;

/** One kind of identity, as the operations on its policies need it. */
interface Holders {
  readonly kind: HolderKind;
  find(name: string): PolicyHolder;
  change(name: string, change: PolicyChange): void;
}

const holdersOf = (room: Room, kind: HolderKind): Holders => {
  switch (kind) {
    case "role":
      return {
        kind,
        find: (name) => findRole(room, name),
        change: (name, change) => room.roles.put({ ...findOwnRole(room, name), ...change }),
      };
    case "user":
      return {
        kind,
        find: (name) => findUser(room, name),
        change: (name, change) => room.users.put({ ...findUser(room, name), ...change }),
      };
    case "group":
      return {
        kind,
        find: (name) => findGroup(room, name),
        change: (name, change) => room.groups.put({ ...findGroup(room, name), ...change }),
      };
  }
};

/** Writes an inline policy into an identity, or over the one of that name. */
export const putInlinePolicy = (room: Room, kind: HolderKind, name: string, policy: string, document: string): void => {
  const holders = holdersOf(room, kind);
  const { inlinePolicies } = holders.find(name);
  checkIdentityPolicy(document, "inline");
  const others = inlinePolicies.filter((each) => each.name !== policy);
  const changed = [...others, { name: policy, document }].sort((a, b) => (a.name < b.name ? -1 : 1));
  const size = changed.reduce((sum, each) => sum + policyCharacters(each.document), 0);
  const limit = MAX_INLINE_POLICY_CHARACTERS[kind];
  if (size > limit) throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${kind} ${name}`);
  holders.change(name, { inlinePolicies: changed });
};

/** The document of an inline policy, encoded as AWS answers it. */
export const getInlinePolicy = (room: Room, kind: HolderKind, name: string, policy: string): string => {
  const found = holdersOf(room, kind)
    .find(name)
    .inlinePolicies.find((each) => each.name === policy);
  if (!found) throw notFound(`${kind} policy`, policy);
  return encodedDocument(found.document);
};

export const deleteInlinePolicy = (room: Room, kind: HolderKind, name: string, policy: string): void => {
  const holders = holdersOf(room, kind);
  const { inlinePolicies } = holders.find(name);
  if (!inlinePolicies.some((each) => each.name === policy)) throw notFound(`${kind} policy`, policy);
  holders.change(name, { inlinePolicies: inlinePolicies.filter((each) => each.name !== policy) });
};

export interface PolicyListInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface AttachedListInput extends PolicyListInput {
  readonly PathPrefix?: string | undefined;
}

export const listInlinePolicies = (room: Room, kind: HolderKind, name: string, input: PolicyListInput) => {
  const { items, paging } = page(holdersOf(room, kind).find(name).inlinePolicies, input);
  return { PolicyNames: items.map((policy) => policy.name), ...paging };
};

/** Attaches a managed policy; attaching it again changes nothing. */
export const attachPolicy = (room: Room, kind: HolderKind, name: string, arn: string): void => {
  if (!arn.startsWith("arn:")) throw validationError("Invalid ARN:  Could not be parsed!");
  const holders = holdersOf(room, kind);
  const { attachedPolicies } = holders.find(name);
  if (managedDocument(room, arn) === undefined) throw policyNotAttachable(arn);
  if (arn.includes(":aws:policy/aws-service-role/")) {
    throw new PolicyNotAttachableException({
      message: "Cannot attach a Service Role Policy to a Customer Role.",
      $metadata: {},
    });
  }
  if (attachedPolicies.includes(arn)) return;
  if (attachedPolicies.length >= MAX_ATTACHED_POLICIES) {
    const quota = { role: "PoliciesPerRole", user: "PoliciesPerUser", group: "PoliciesPerGroup" }[kind];
    throw limitExceeded(`Cannot exceed quota for ${quota}: ${MAX_ATTACHED_POLICIES}`);
  }
  holders.change(name, { attachedPolicies: [...attachedPolicies, arn] });
};

export const detachPolicy = (room: Room, kind: HolderKind, name: string, arn: string): void => {
  const holders = holdersOf(room, kind);
  const { attachedPolicies } = holders.find(name);
  if (!attachedPolicies.includes(arn)) throw policyNotFound(arn);
  holders.change(name, { attachedPolicies: attachedPolicies.filter((each) => each !== arn) });
};

export const listAttachedPolicies = (room: Room, kind: HolderKind, name: string, input: AttachedListInput) => {
  const { attachedPolicies } = holdersOf(room, kind).find(name);
  const wanted = attachedPolicies.filter((arn) => policyPath(arn).startsWith(input.PathPrefix ?? "/"));
  const { items, paging } = page(wanted, input);
  return { AttachedPolicies: items.map(attachedPolicyView), ...paging };
};

export const attachedPolicyView = (arn: string) => ({
  PolicyName: arn.slice(arn.lastIndexOf("/") + 1),
  PolicyArn: arn,
});

/** `/service-role/` of `arn:aws:iam::aws:policy/service-role/X`. */
export const policyPath = (arn: string): string => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);
