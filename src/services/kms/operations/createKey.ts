import { NotImplemented } from "../../../kernel/errors.ts";
import { validation } from "../errors.ts";
import { kmsArn } from "../find.ts";
import { newMaterial } from "../material/generate.ts";
import { checkedPolicy, defaultPolicy } from "../policies.ts";
import type { KeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { factsOf } from "../specs.ts";
import { tagsFrom } from "../tags.ts";
import { keyView } from "../views.ts";

type Input = Parameters<Operation<"CreateKey">>[1];

export const createKey =
  (room: Room): Operation<"CreateKey"> =>
  async (_ctx, input) => {
    const { Origin: origin = "AWS_KMS" } = input;
    if (origin !== "AWS_KMS" && origin !== "EXTERNAL") throw new NotImplemented(`kms keys of the origin ${origin}`);
    const kind = kindOf(input);
    const tags = tagsFrom(input.Tags ?? []);
    const policy = input.Policy === undefined ? defaultPolicy(room) : checkedPolicy(input.Policy);
    const multiRegion = input.MultiRegion ?? false;
    const id = multiRegion ? `mrk-${room.ids.hex(MULTI_REGION_DIGITS)}` : room.ids.uuid();
    const key: KeyRecord = {
      id,
      arn: kmsArn(room, `key/${id}`),
      ...kind,
      origin,
      manager: "CUSTOMER",
      multiRegion,
      description: input.Description ?? "",
      enabled: true,
      policy,
      tags,
      createdAt: room.clock.now(),
      rotations: [],
      ...(origin === "AWS_KMS" ? { material: await newMaterial(room, kind.spec) } : {}),
      formerMaterials: [],
    };
    room.keys.put(id, key);
    return { KeyMetadata: keyView(room, key) };
  };

/** Hexadecimal digits of a multi-Region key's id. */
const MULTI_REGION_DIGITS = 32;

const kindOf = ({ KeySpec, CustomerMasterKeySpec, KeyUsage }: Input): Pick<KeyRecord, "spec" | "usage"> => {
  const spec = KeySpec ?? CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  if (KeyUsage === undefined && spec !== "SYMMETRIC_DEFAULT") {
    throw validation("You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");
  }
  const usage = KeyUsage ?? "ENCRYPT_DECRYPT";
  if (!factsOf(spec).usages.includes(usage)) {
    throw validation(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
  return { spec, usage };
};
