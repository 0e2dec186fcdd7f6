import type { Context } from "../../kernel/context.ts";
import { AwsError, errorCode, errorMessage } from "../../kernel/errors.ts";
import { rootOf } from "../../kernel/principal.ts";
import { accessDenied } from "./errors.ts";
import type { BucketRecord, EncryptionRecord, ObjectRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Means = Pick<Room, "contextAs">;

/** The context KMS authenticates with an object's data key. */
const contextOf = ({ name }: Pick<BucketRecord, "name">, key: string, { bucketKey }: EncryptionRecord) => ({
  "aws:s3:arn": bucketKey ? `arn:aws:s3:::${name}` : `arn:aws:s3:::${name}/${key}`,
});

/**
 * An object's encryption with the data key KMS made for it, and its key by ARN. AWS: who writes must be allowed to make
 * data keys, by way of S3. Throws KMS's refusals in S3's form.
 */
export const withDataKey = async (
  room: Means,
  ctx: Context,
  bucket: BucketRecord,
  key: string,
  encryption: EncryptionRecord,
): Promise<EncryptionRecord> => {
  if (encryption.kmsKeyId === undefined) return encryption;
  const KeyId = encryption.kmsKeyId;
  const EncryptionContext = contextOf(bucket, key, encryption);
  const made = await inS3sWords(
    viaS3(room, ctx, bucket).call("kms", "GenerateDataKey", { KeyId, KeySpec: "AES_256", EncryptionContext }),
  );
  const dataKey = Buffer.from(made.CiphertextBlob ?? "").toString("base64");
  return { ...encryption, kmsKeyId: made.KeyId ?? KeyId, dataKey };
};

/** AWS: who reads must be allowed to open the object's data key. */
export const openDataKey = async (
  room: Means,
  ctx: Context,
  bucket: BucketRecord,
  { key, encryption }: Pick<ObjectRecord, "key" | "encryption">,
): Promise<void> => {
  if (encryption.dataKey === undefined) return;
  const CiphertextBlob = Buffer.from(encryption.dataKey, "base64");
  const EncryptionContext = contextOf(bucket, key, encryption);
  await inS3sWords(viaS3(room, ctx, bucket).call("kms", "Decrypt", { CiphertextBlob, EncryptionContext }));
};

/** Differs: for other accounts, and for services, S3 asks KMS as the bucket's owner. */
const viaS3 = ({ contextAs }: Means, { principal, sourceIp }: Context, { account, region }: BucketRecord): Context => {
  if (principal.kind === "anonymous") throw accessDenied();
  const isOwn = principal.account === account && principal.kind !== "service" && principal.kind !== "federated";
  return contextAs(isOwn ? principal : rootOf(account), "s3.amazonaws.com", region, sourceIp);
};

const inS3sWords = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    const code = errorCode(error);
    if (code === "AccessDeniedException") throw accessDenied(errorMessage(error));
    if (!(error instanceof Error && "$fault" in error)) throw error;
    throw new AwsError(`KMS.${code}`, errorMessage(error), 400);
  }
};
