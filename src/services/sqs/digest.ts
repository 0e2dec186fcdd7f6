import { createHash } from "node:crypto";
import type { AttributeRecord } from "./records.ts";

export const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

const STRING = 1;
const BINARY = 2;

/**
 * The digest of a message's attributes, which clients compare.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export const attributesDigest = (attributes: Readonly<Record<string, AttributeRecord>>): string | undefined => {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return undefined;
  const hash = createHash("md5");
  for (const [name, { type, value, binary }] of entries) {
    const bytes = Buffer.from(value, binary ? "base64" : "utf8");
    for (const part of [Buffer.from(name), Buffer.from(type)]) hash.update(lengthOf(part)).update(part);
    hash
      .update(Buffer.from([binary ? BINARY : STRING]))
      .update(lengthOf(bytes))
      .update(bytes);
  }
  return hash.digest("hex");
};

const lengthOf = (part: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.byteLength);
  return length;
};
