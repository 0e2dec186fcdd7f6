import { CreateKeyCommand, type CreateKeyCommandInput, KMSClient } from "@aws-sdk/client-kms";
import { testCloud } from "../../../test/harness.ts";

/** A cloud with a client of its KMS, and keys for the asking. */
export const kmsRoom = async () => {
  const cloud = await testCloud();
  const kms = cloud.client(KMSClient);
  const make = async (input: CreateKeyCommandInput = {}) =>
    (await kms.send(new CreateKeyCommand(input))).KeyMetadata?.KeyId ?? "";
  return { cloud, kms, make, [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};
