import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import { refusal } from "./errors.ts";

/** The key that AWS makes for CodeCommit in each account. */
const OWN_KEY = "alias/aws/codecommit";

/** Throws unless the caller may see the key and it can encrypt. Differs: the key encrypts nothing, git keeps its objects as they are. */
export const checkKey = async (ctx: Context, keyId: string): Promise<void> => {
  if (keyId.endsWith(OWN_KEY)) return;
  const { KeyMetadata } = await ctx.call("kms", "DescribeKey", { KeyId: keyId }).catch((error: unknown) => {
    throw refused(error);
  });
  if (KeyMetadata?.KeyUsage !== "ENCRYPT_DECRYPT" || KeyMetadata.KeySpec !== "SYMMETRIC_DEFAULT")
    throw refusal("EncryptionKeyInvalidUsage");
  if (KeyMetadata.KeyState === "Disabled") throw refusal("EncryptionKeyDisabled");
  if (KeyMetadata.KeyState !== "Enabled") throw refusal("EncryptionKeyUnavailable");
};

const refused = (error: unknown): unknown => {
  switch (errorCode(error)) {
    case "NotFoundException":
      return refusal("EncryptionKeyNotFound");
    case "InvalidArnException":
      return refusal("EncryptionKeyInvalidId");
    case "AccessDeniedException":
      return refusal("EncryptionKeyAccessDenied");
    default:
      return error;
  }
};
