import { createHmac } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { type HttpHeaders, header } from "../../kernel/http.ts";
import { s3Address } from "../../kernel/s3Address.ts";
import type { SignedHead } from "./canonicalRequest.ts";
import { extendedTime, s3Refusals, signatureMismatch } from "./s3Refusals.ts";
import { isSameSignature } from "./signingKey.ts";
import { basicTime } from "./time.ts";
import { credentialsOf, type SignatureRules, type SigningCredentials, type VerifiedSignature } from "./verification.ts";

/**
 * Verifies a URL presigned with Signature Version 2, which S3 still takes in its older regions and which the AWS CLI's
 * version 1 makes there. Only the query is looked at: S3's header form of that version is refused by name elsewhere.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */
export const verifyVersion2 = <C extends SigningCredentials>(
  head: SignedHead,
  query: URLSearchParams,
  rules: SignatureRules<C>,
): VerifiedSignature<C> => {
  const [accessKeyId, signature, expires] = ["AWSAccessKeyId", "Signature", "Expires"].map((name) => query.get(name));
  if (!accessKeyId || !signature || !expires) throw denied(INCOMPLETE);
  checkExpiry(expires, rules.machineTime);
  const sessionToken = amzHeaders(head.headers, query).get("x-amz-security-token");
  const credentials = credentialsOf({ accessKeyId, sessionToken }, rules, s3Refusals);
  const text = version2StringToSign(head, query, expires);
  const computed = createHmac("sha1", credentials.secretAccessKey).update(text).digest("base64");
  if (!isSameSignature(computed, signature)) throw signatureMismatch(accessKeyId, signature, text);
  return { credentials, accessKeyId, scope: undefined, payload: { kind: "unsigned" }, seed: undefined };
};

const INCOMPLETE = "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters";

const checkExpiry = (expires: string, machineTime: number): void => {
  if (!/^\d{1,12}$/.test(expires)) throw denied(`Invalid date (should be seconds since epoch): ${expires}`);
  const expiresMs = Number(expires) * 1000;
  if (machineTime < expiresMs) return;
  throw denied("Request has expired", {
    Expires: extendedTime(basicTime(expiresMs)),
    ServerTime: extendedTime(basicTime(machineTime)),
  });
};

/** The text that Version 2 signs. In a presigned URL headers may stand in the query, and `Expires` stands for the date. */
const version2StringToSign = (head: SignedHead, query: URLSearchParams, expires: string): string => {
  const either = (name: string) => header(head.headers, name) ?? query.get(name) ?? "";
  const amz = [...amzHeaders(head.headers, query)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`);
  return `${head.method}\n${either("content-md5")}\n${either("content-type")}\n${expires}\n${amz.join("")}${resourceOf(head, query)}`;
};

const amzHeaders = (headers: HttpHeaders, query: URLSearchParams): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const [name, value] of query) if (/^x-amz-/i.test(name)) found.set(name.toLowerCase(), value.trim());
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith("x-amz-") || value === undefined) continue;
    found.set(name, typeof value === "string" ? value.trim() : value.map((each) => each.trim()).join(","));
  }
  return found;
};

/** The bucket, however it was named, then the path as it was sent, then the parameters that change what is meant. */
const resourceOf = (head: SignedHead, query: URLSearchParams): string => {
  const host = header(head.headers, "host") ?? "";
  const byHost = s3Address({ host, path: "/" }).bucket;
  const path = byHost === undefined ? head.path : `/${byHost.toLowerCase()}${head.path}`;
  const named = [...query]
    .filter(([name]) => SIGNED_PARAMETERS.has(name))
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  return named.length === 0 ? path : `${path}?${named.join("&")}`;
};

/** AWS: subresources and the overrides of a response's headers are signed, all other parameters are not. */
const SIGNED_PARAMETERS: ReadonlySet<string> = new Set([
  ...["accelerate", "acl", "analytics", "cors", "delete", "inventory", "lifecycle", "location", "logging", "metrics"],
  ...["notification", "object-lock", "partNumber", "policy", "replication", "requestPayment", "restore", "select"],
  ...[
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
  ],
  ...["website", "response-cache-control", "response-content-disposition", "response-content-encoding"],
  ...["response-content-language", "response-content-type", "response-expires"],
]);

const denied = (message: string, details?: Readonly<Record<string, unknown>>): AwsError =>
  new AwsError("AccessDenied", message, 403, details);
