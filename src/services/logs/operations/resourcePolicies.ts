import { NotImplemented } from "../../../kernel/errors.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { invalidParameter, limitExceeded, policyNotFound } from "../errors.ts";
import { DEFAULT_LIST_SIZE, MAX_RESOURCE_POLICIES } from "../limits.ts";
import { page } from "../paging.ts";
import type { ResourcePolicyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const putResourcePolicy =
  (room: Room): Operation<"PutResourcePolicy"> =>
  async (_ctx, { policyName, policyDocument, resourceArn }) => {
    if (resourceArn !== undefined) throw new NotImplemented("logs policies of one resource");
    if (policyName === undefined || policyDocument === undefined)
      throw invalidParameter("policyName and policyDocument must be given.");
    if (!isPolicy(policyDocument)) throw invalidParameter("policyDocument is not a valid policy document.");
    const isNew = !room.resourcePolicies.has(policyName);
    if (isNew && room.resourcePolicies.count() >= MAX_RESOURCE_POLICIES) throw limitExceeded();
    const record = { name: policyName, document: policyDocument, updatedAt: room.clock.now() };
    room.resourcePolicies.put(policyName, record);
    return { resourcePolicy: policyView(record) };
  };

const isPolicy = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && value["Statement"] !== undefined;
  } catch {
    // Not JSON at all.
    return false;
  }
};

const policyView = ({ name, document, updatedAt }: ResourcePolicyRecord) => ({
  policyName: name,
  policyDocument: document,
  lastUpdatedTime: updatedAt,
  policyScope: "ACCOUNT" as const,
});

export const describeResourcePolicies =
  ({ resourcePolicies }: Pick<Room, "resourcePolicies">): Operation<"DescribeResourcePolicies"> =>
  async (_ctx, input) => {
    const all = [...resourcePolicies.range()].map(({ value }) => value);
    const { items, ...next } = page(all, ({ name }) => name, input.nextToken, input.limit ?? DEFAULT_LIST_SIZE);
    return { resourcePolicies: items.map(policyView), ...next };
  };

export const deleteResourcePolicy =
  ({ resourcePolicies }: Pick<Room, "resourcePolicies">): Operation<"DeleteResourcePolicy"> =>
  async (_ctx, { policyName, resourceArn }) => {
    if (resourceArn !== undefined) throw new NotImplemented("logs policies of one resource");
    if (policyName === undefined || !resourcePolicies.delete(policyName)) throw policyNotFound(policyName ?? "");
    return {};
  };
