import type { SigningAlgorithmSpec } from "@aws-sdk/client-kms";
import { NotImplemented } from "../../../kernel/errors.ts";
import { stopDryRun } from "../dryRun.ts";
import { incompatibleAlgorithm, invalidSignature } from "../errors.ts";
import { findKeyFor, type UsableKey } from "../find.ts";
import { isSignedBy, type Signable, signWith } from "../material/signatures.ts";
import type { Operation, Room } from "../room.ts";
import { factsOf } from "../specs.ts";

interface SignInput {
  readonly KeyId: string;
  readonly Message: Uint8Array;
  readonly MessageType?: "RAW" | "DIGEST" | "EXTERNAL_MU" | undefined;
  readonly SigningAlgorithm: SigningAlgorithmSpec;
}

const signingKey = (room: Room, input: SignInput, operation: string): UsableKey => {
  const key = findKeyFor(room, input.KeyId, operation, "SIGN_VERIFY");
  const { SigningAlgorithm } = input;
  if (!factsOf(key.spec).signing?.includes(SigningAlgorithm)) throw incompatibleAlgorithm(SigningAlgorithm, key.spec);
  return key;
};

const signable = ({ Message, MessageType = "RAW", SigningAlgorithm }: SignInput): Signable => {
  if (MessageType === "EXTERNAL_MU") throw new NotImplemented("kms:Sign MessageType EXTERNAL_MU");
  return { algorithm: SigningAlgorithm, message: Message, isDigest: MessageType === "DIGEST" };
};

export const sign =
  (room: Room): Operation<"Sign"> =>
  async (_ctx, input) => {
    const key = signingKey(room, input, "Sign");
    const Signature = await signWith(room, key.spec, key.material, signable(input));
    stopDryRun(input);
    return { KeyId: key.arn, Signature, SigningAlgorithm: input.SigningAlgorithm };
  };

export const verify =
  (room: Room): Operation<"Verify"> =>
  async (_ctx, input) => {
    const key = signingKey(room, input, "Verify");
    if (!(await isSignedBy(key.spec, key.material, signable(input), input.Signature))) throw invalidSignature();
    stopDryRun(input);
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  };
