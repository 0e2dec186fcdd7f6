import { XMLParser, XMLValidator } from "fast-xml-parser";
import { invalidArgument, malformedXml } from "../errors.ts";
import type { Operation } from "../room.ts";

type PutInput = Parameters<Operation<"PutObject">>[1];
type Members = { -readonly [M in keyof PutInput]?: PutInput[M] };

/** What the fields of a form say to PutObject, but for its bytes. */
export const putInputFrom = (
  bucket: string,
  fields: ReadonlyMap<string, string>,
  filename: string | undefined,
): Omit<PutInput, "Body"> => {
  const key = fields.get("key");
  if (key === undefined) {
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      "key",
      "",
    );
  }
  const texts: Record<string, unknown> = {};
  for (const [name, member] of TEXTS) if (fields.has(name)) texts[member] = fields.get(name);
  const members: Members = texts;
  const expires = Date.parse(fields.get("expires") ?? "");
  const until = Date.parse(fields.get("x-amz-object-lock-retain-until-date") ?? "");
  const bucketKey = fields.get("x-amz-server-side-encryption-bucket-key-enabled");
  const tagging = fields.get("tagging");
  return {
    ...members,
    Bucket: bucket,
    Key: filename === undefined ? key : key.replaceAll("${filename}", filename),
    Metadata: Object.fromEntries(
      [...fields].flatMap(([name, value]) => (name.startsWith(META) ? [[name.slice(META.length), value]] : [])),
    ),
    ...(Number.isNaN(expires) ? {} : { Expires: new Date(expires) }),
    ...(Number.isNaN(until) ? {} : { ObjectLockRetainUntilDate: new Date(until) }),
    ...(bucketKey === undefined ? {} : { BucketKeyEnabled: bucketKey.toLowerCase() === "true" }),
    ...(tagging === undefined ? {} : { Tagging: taggingHeader(tagging) }),
  };
};

const META = "x-amz-meta-";

/** Fields that are one member each, as they stand. */
const TEXTS: readonly (readonly [string, keyof PutInput])[] = [
  ["acl", "ACL"],
  ["cache-control", "CacheControl"],
  ["content-type", "ContentType"],
  ["content-disposition", "ContentDisposition"],
  ["content-encoding", "ContentEncoding"],
  ["content-md5", "ContentMD5"],
  ["x-amz-storage-class", "StorageClass"],
  ["x-amz-website-redirect-location", "WebsiteRedirectLocation"],
  ["x-amz-server-side-encryption", "ServerSideEncryption"],
  ["x-amz-server-side-encryption-aws-kms-key-id", "SSEKMSKeyId"],
  ["x-amz-server-side-encryption-customer-algorithm", "SSECustomerAlgorithm"],
  ["x-amz-server-side-encryption-customer-key", "SSECustomerKey"],
  ["x-amz-server-side-encryption-customer-key-md5", "SSECustomerKeyMD5"],
  ["x-amz-checksum-algorithm", "ChecksumAlgorithm"],
  ["x-amz-checksum-crc32", "ChecksumCRC32"],
  ["x-amz-checksum-crc32c", "ChecksumCRC32C"],
  ["x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"],
  ["x-amz-checksum-sha1", "ChecksumSHA1"],
  ["x-amz-checksum-sha256", "ChecksumSHA256"],
  ["x-amz-object-lock-mode", "ObjectLockMode"],
  ["x-amz-object-lock-legal-hold", "ObjectLockLegalHoldStatus"],
];

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "Tag" });

/** A form brings its tags as the document PutObjectTagging takes. AWS: another document has none. */
const taggingHeader = (xml: string): string => {
  if (XMLValidator.validate(xml) !== true) throw malformedXml();
  const tags: readonly { readonly Key?: unknown; readonly Value?: unknown }[] =
    parser.parse(xml)?.Tagging?.TagSet?.Tag ?? [];
  const header = new URLSearchParams();
  for (const { Key = "", Value = "" } of tags) header.append(String(Key), String(Value));
  return header.toString();
};
