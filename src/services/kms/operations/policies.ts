import { policyNotFound } from "../errors.ts";
import { findChangeableKey, findKey } from "../find.ts";
import { checkedPolicy } from "../policies.ts";
import type { Operation, Room } from "../room.ts";

/** AWS: a key has exactly this one policy. */
const NAME = "default";

export const getKeyPolicy =
  (room: Room): Operation<"GetKeyPolicy"> =>
  async (_ctx, input) => {
    const { policy } = findKey(room, input.KeyId);
    if ((input.PolicyName ?? NAME) !== NAME) throw policyNotFound();
    return { Policy: policy, PolicyName: NAME };
  };

export const putKeyPolicy =
  (room: Room): Operation<"PutKeyPolicy"> =>
  async (_ctx, input) => {
    const key = findChangeableKey(room, input.KeyId);
    if ((input.PolicyName ?? NAME) !== NAME) throw policyNotFound();
    room.keys.put(key.id, { ...key, policy: checkedPolicy(input.Policy) });
    return {};
  };

export const listKeyPolicies =
  (room: Room): Operation<"ListKeyPolicies"> =>
  async (_ctx, input) => {
    findKey(room, input.KeyId);
    return { PolicyNames: [NAME], Truncated: false };
  };
