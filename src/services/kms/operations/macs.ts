import { createHmac, timingSafeEqual } from "node:crypto";
import type { MacAlgorithmSpec } from "@aws-sdk/client-kms";
import { stopDryRun } from "../dryRun.ts";
import { incompatibleAlgorithm, invalidMac } from "../errors.ts";
import { findKeyFor } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { factsOf } from "../specs.ts";

interface MacInput {
  readonly KeyId: string;
  readonly Message: Uint8Array;
  readonly MacAlgorithm: MacAlgorithmSpec;
}

const macOf = (room: Room, { KeyId, Message, MacAlgorithm }: MacInput, operation: string) => {
  const { arn, spec, material } = findKeyFor(room, KeyId, operation, "GENERATE_VERIFY_MAC");
  if (!factsOf(spec).macs?.includes(MacAlgorithm)) throw incompatibleAlgorithm(MacAlgorithm, spec);
  const hash = `sha${MacAlgorithm.slice(-3)}`;
  return { arn, mac: createHmac(hash, room.cipher.open(material.sealed)).update(Message).digest() };
};

export const generateMac =
  (room: Room): Operation<"GenerateMac"> =>
  async (_ctx, input) => {
    const { arn, mac } = macOf(room, input, "GenerateMac");
    stopDryRun(input);
    return { Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: arn };
  };

export const verifyMac =
  (room: Room): Operation<"VerifyMac"> =>
  async (_ctx, input) => {
    const { arn, mac } = macOf(room, input, "VerifyMac");
    if (mac.byteLength !== input.Mac.byteLength || !timingSafeEqual(mac, input.Mac)) throw invalidMac();
    stopDryRun(input);
    return { KeyId: arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  };
