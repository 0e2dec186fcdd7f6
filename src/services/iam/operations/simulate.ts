import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import type { Principal, UserPrincipal } from "../../../kernel/principal.ts";
import { contextKeysOf } from "../contextKeys.ts";
import { invalidInput, noSuchEntity } from "../errors.ts";
import { findGroup } from "../find.ts";
import { managedDocument } from "../identityPolicies.ts";
import { page } from "../paging.ts";
import type { PolicyHolder, RoleRecord, UserRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { inputPolicies, type SimulatedPolicy, simulate } from "../simulation.ts";

export const simulateCustomPolicy =
  (room: Room): Operation<"SimulateCustomPolicy"> =>
  async (_ctx, input) => {
    const results = await simulate({
      principal: callerOf(room, input.CallerArn),
      identity: inputPolicies(input.PolicyInputList, "PolicyInputList"),
      boundary: inputPolicies(input.PermissionsBoundaryPolicyInputList, "PermissionsBoundaryPolicyInputList")[0],
      input,
    });
    const { items, paging } = page(results, input);
    return { EvaluationResults: [...items], ...paging };
  };

export const simulatePrincipalPolicy =
  (room: Room): Operation<"SimulatePrincipalPolicy"> =>
  async (_ctx, input) => {
    if (input.PolicyExclusionList?.length) {
      throw new NotImplemented("iam:SimulatePrincipalPolicy with PolicyExclusionList");
    }
    const source = sourceOf(room, input.PolicySourceArn);
    const given = inputPolicies(input.PermissionsBoundaryPolicyInputList, "PermissionsBoundaryPolicyInputList")[0];
    const results = await simulate({
      principal: callerOf(room, input.CallerArn ?? input.PolicySourceArn),
      identity: [...policiesOf(room, source), ...inputPolicies(input.PolicyInputList, "PolicyInputList")],
      boundary: given ?? boundaryOf(room, source.holder),
      input,
    });
    const { items, paging } = page(results, input);
    return { EvaluationResults: [...items], ...paging };
  };

export const getContextKeysForCustomPolicy = (): Operation<"GetContextKeysForCustomPolicy"> => async (_ctx, input) => ({
  ContextKeyNames: [...contextKeysOf(inputPolicies(input.PolicyInputList, "PolicyInputList").map(documentOf))],
});

export const getContextKeysForPrincipalPolicy =
  (room: Room): Operation<"GetContextKeysForPrincipalPolicy"> =>
  async (_ctx, input) => {
    const policies = [
      ...policiesOf(room, sourceOf(room, input.PolicySourceArn)),
      ...inputPolicies(input.PolicyInputList, "PolicyInputList"),
    ];
    return { ContextKeyNames: [...contextKeysOf(policies.map(documentOf))] };
  };

const documentOf = ({ document }: SimulatedPolicy): string => document;

interface Source {
  readonly kind: "user" | "group" | "role";
  readonly holder: PolicyHolder | UserRecord | RoleRecord;
}

const sourceOf = ({ users, groups, roles }: Room, arn: string): Source => {
  const path = parseArn(arn)?.resource ?? "";
  const name = path.slice(path.lastIndexOf("/") + 1);
  const kind = path.slice(0, path.indexOf("/"));
  if (kind !== "user" && kind !== "group" && kind !== "role") throw invalidInput(`Invalid Entity Arn: ${arn}`);
  const holder = { user: users, group: groups, role: roles }[kind].get(name);
  if (holder?.arn !== arn) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  return { kind, holder };
};

/** A user's groups count among its policies. */
const policiesOf = (room: Room, { kind, holder }: Source): readonly SimulatedPolicy[] => {
  const groups = "groups" in holder ? holder.groups.map((name) => findGroup(room, name)) : [];
  return [...ownPolicies(room, kind, holder), ...groups.flatMap((group) => ownPolicies(room, "group", group))];
};

const ownPolicies = (room: Room, kind: Source["kind"], holder: PolicyHolder): readonly SimulatedPolicy[] => [
  ...holder.inlinePolicies.map(({ name, document }) => ({ id: `${kind}_${holder.name}_${name}`, document })),
  ...holder.attachedPolicies.flatMap((arn) => managedPolicy(room, arn)),
];

const managedPolicy = (room: Room, arn: string): readonly SimulatedPolicy[] => {
  const document = managedDocument(room, arn);
  if (document === undefined) return [];
  return [{ id: arn.slice(arn.lastIndexOf("/") + 1), document }];
};

const boundaryOf = (room: Room, holder: Source["holder"]): SimulatedPolicy | undefined =>
  "boundaryArn" in holder && holder.boundaryArn !== undefined ? managedPolicy(room, holder.boundaryArn)[0] : undefined;

/** Who is simulated to call. The account's own identities only; nothing but the name counts. */
const callerOf = ({ account, partition }: Room, arn: string | undefined): Principal => {
  const user: UserPrincipal = {
    kind: "user",
    account: parseArn(arn ?? "")?.account || account,
    arn: arn ?? `arn:${partition}:iam::${account}:user/simulated`,
    userId: "",
    userName: (arn ?? "").slice((arn ?? "").lastIndexOf("/") + 1),
  };
  return user;
};
