import { alreadyReplicated, keyNotFound } from "../errors.ts";
import { checkPrimary, familyOf, keepAlike } from "../family.ts";
import { findUsableKey, kmsArn, type UsableKey } from "../find.ts";
import { checkedPolicy, defaultPolicy } from "../policies.ts";
import type { KeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../tags.ts";
import { withoutMaterial } from "../timePassing.ts";
import { keyView } from "../views.ts";

type ReplicateInput = Parameters<Operation<"ReplicateKey">>[1];

export const replicateKey =
  (room: Room): Operation<"ReplicateKey"> =>
  async (_ctx, input) => {
    const primary = findUsableKey(room, input.KeyId);
    checkPrimary(room, primary);
    const { ReplicaRegion: region } = input;
    const { replicas } = familyOf(room, primary);
    if (region === room.region || replicas.includes(region)) throw alreadyReplicated(primary.id, region);
    const key = { ...primary, family: { primary: room.region, replicas: [...replicas, region] } };
    const replica = replicaOf(room, key, input);
    room.keysIn(region).put(replica.id, replica);
    keepAlike(room, key);
    const { CurrentKeyMaterialId: _, ...metadata } = keyView({ ...room, region }, replica);
    return {
      // AWS: this tells of a key in the making. Differs: it is made at once.
      ReplicaKeyMetadata: { ...metadata, KeyState: "Creating", Enabled: false },
      ReplicaPolicy: replica.policy,
      ...(input.Tags?.length ? { ReplicaTags: input.Tags } : {}),
    };
  };

/** AWS: a replica has the primary key's material and a policy, tags and a description of its own. */
const replicaOf = (
  room: Room,
  key: UsableKey,
  { ReplicaRegion: region, Policy, Description, Tags }: ReplicateInput,
) => {
  const shared: KeyRecord = key.origin === "EXTERNAL" ? withoutMaterial(room, key) : key;
  return {
    ...shared,
    arn: kmsArn({ ...room, region }, `key/${key.id}`),
    policy: Policy === undefined ? defaultPolicy(room) : checkedPolicy(Policy),
    description: Description ?? "",
    tags: tagsFrom(Tags ?? []),
    createdAt: room.clock.now(),
  };
};

export const updatePrimaryRegion =
  (room: Room): Operation<"UpdatePrimaryRegion"> =>
  async (_ctx, input) => {
    const key = findUsableKey(room, input.KeyId);
    checkPrimary(room, key);
    const { PrimaryRegion: primary } = input;
    const { replicas } = familyOf(room, key);
    if (!replicas.includes(primary)) throw keyNotFound(kmsArn({ ...room, region: primary }, `key/${key.id}`));
    const others = replicas.filter((region) => region !== primary);
    keepAlike(room, { ...key, family: { primary, replicas: [...others, room.region] } });
    return {};
  };
