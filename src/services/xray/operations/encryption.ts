import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { invalidRequest } from "../errors.ts";
import type { EncryptionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const CONFIG = "config";

export const getEncryptionConfig =
  (room: Room): Operation<"GetEncryptionConfig"> =>
  async () => ({ EncryptionConfig: { ...configView(room.encryption.get(CONFIG) ?? {}), Status: "ACTIVE" } });

/** AWS: a change takes some minutes, and is `UPDATING` until then. Here it is done with the answer. */
export const putEncryptionConfig =
  (room: Room): Operation<"PutEncryptionConfig"> =>
  async (ctx, { Type, KeyId }) => {
    if ((Type === "KMS") !== (KeyId !== undefined))
      throw invalidRequest("A key must be given for encryption of type KMS, and for it alone.");
    const config = KeyId === undefined ? {} : { keyArn: await keyArnOf(ctx, KeyId) };
    room.encryption.put(CONFIG, config);
    return { EncryptionConfig: { ...configView(config), Status: "UPDATING" } };
  };

const configView = ({ keyArn }: EncryptionRecord) =>
  keyArn === undefined ? { Type: "NONE" as const } : { KeyId: keyArn, Type: "KMS" as const };

const keyArnOf = async ({ call }: Context, KeyId: string): Promise<string> => {
  try {
    const { KeyMetadata } = await call("kms", "DescribeKey", { KeyId });
    if (KeyMetadata?.KeySpec !== "SYMMETRIC_DEFAULT") throw invalidRequest("X-Ray does not support asymmetric keys.");
    if (!KeyMetadata.Enabled) throw invalidRequest(`The key ${KeyId} is not enabled.`);
    return KeyMetadata.Arn ?? KeyId;
  } catch (error) {
    if (!isRefusal(error) || errorCode(error) === "InvalidRequestException") throw error;
    throw invalidRequest(errorMessage(error));
  }
};
