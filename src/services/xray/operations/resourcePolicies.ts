import { isJsonObject } from "../../../kernel/json.ts";
import { malformedPolicy, policyTooLarge, tooManyPolicies, wrongRevision } from "../errors.ts";
import { MAX_POLICIES, MAX_POLICY_BYTES } from "../limits.ts";
import { page } from "../paging.ts";
import type { PolicyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { policyView } from "../views.ts";

export const putResourcePolicy =
  (room: Room): Operation<"PutResourcePolicy"> =>
  async (_ctx, { PolicyName, PolicyDocument, PolicyRevisionId }) => {
    if (Buffer.byteLength(PolicyDocument) > MAX_POLICY_BYTES) throw policyTooLarge();
    refuseMalformed(PolicyDocument);
    const before = room.policies.get(PolicyName);
    refuseRevision(before, PolicyRevisionId);
    if (!before && room.policies.count() >= MAX_POLICIES) throw tooManyPolicies();
    const policy = {
      name: PolicyName,
      document: PolicyDocument,
      revision: String(Number(before?.revision ?? 0) + 1),
      updatedAt: room.clock.now(),
    };
    room.policies.put(PolicyName, policy);
    return { ResourcePolicy: policyView(policy) };
  };

export const deleteResourcePolicy =
  (room: Room): Operation<"DeleteResourcePolicy"> =>
  async (_ctx, { PolicyName, PolicyRevisionId }) => {
    refuseRevision(room.policies.get(PolicyName), PolicyRevisionId);
    room.policies.delete(PolicyName);
    return {};
  };

export const listResourcePolicies =
  (room: Room): Operation<"ListResourcePolicies"> =>
  async (_ctx, { NextToken }) => {
    const { items, nextToken } = page(room.policies.values(), ({ name }) => name, NextToken, MAX_POLICIES);
    return { ResourcePolicies: items.map(policyView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

/** AWS: `0` asks that there be none yet, and no revision asks for nothing. */
const refuseRevision = (policy: PolicyRecord | undefined, asked: string | undefined): void => {
  if (asked !== undefined && asked !== (policy?.revision ?? "0")) throw wrongRevision();
};

const refuseMalformed = (text: string): void => {
  try {
    const policy: unknown = JSON.parse(text);
    if (isJsonObject(policy) && policy["Statement"] !== undefined) return;
  } catch {
    // Not JSON: refused like JSON that is no policy.
  }
  throw malformedPolicy("The policy document is not valid.");
};
