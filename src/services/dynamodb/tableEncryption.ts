import type { Context } from "../../kernel/context.ts";
import { errorCode, errorMessage } from "../../kernel/errors.ts";
import { invalidParameter, validationError } from "./errors.ts";
import type { TableRecord } from "./records.ts";

interface EncryptionInput {
  readonly Enabled?: boolean | undefined;
  readonly SSEType?: string | undefined;
  readonly KMSMasterKeyId?: string | undefined;
}

/**
 * The key that a table is to be encrypted with: the one named, or the one the account has for its tables, which is made
 * when it is first asked for. Undefined where AWS uses a key of its own that nobody sees.
 */
export const readEncryption = async (
  ctx: Context,
  input: EncryptionInput | undefined,
): Promise<TableRecord["encryption"]> => {
  if (input?.SSEType === "AES256") throw invalidParameter("SSEType AES256 is not supported");
  if (!input?.Enabled) return undefined;
  if (input.KMSMasterKeyId !== undefined && input.SSEType === undefined)
    throw invalidParameter("SSEType KMS is required if KMSMasterKeyId is specified");
  return { kmsKeyArn: await keyArn(ctx, input.KMSMasterKeyId ?? "alias/aws/dynamodb"), type: "KMS" };
};

/** AWS: whoever sets a key must be allowed to look at it, by way of DynamoDB. */
const keyArn = async (ctx: Context, KeyId: string): Promise<string> => {
  try {
    const { KeyMetadata } = await ctx.as(ctx.principal, "dynamodb.amazonaws.com").call("kms", "DescribeKey", { KeyId });
    return KeyMetadata?.Arn ?? KeyId;
  } catch (error) {
    if (errorCode(error) === "NotFoundException") throw validationError(`KMS key not found: ${errorMessage(error)}`);
    throw error;
  }
};
