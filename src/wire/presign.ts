import { header } from "../kernel/http.ts";
import { parseCredential, type SignatureClaim } from "./signature/claim.ts";
import { type Payload, parsePayload, payloadHash, UNSIGNED_PAYLOAD } from "./signature/payload.ts";
import { presignedRefusals, s3PresignedRefusals } from "./signature/presignedRefusals.ts";
import { basicTime, MAX_SKEW_MS, parseBasicTime } from "./signature/time.ts";
import {
  checkScope,
  checkSignature,
  checkSignedHeaders,
  credentialsOf,
  type SignatureRules,
  type SignedRequest,
  type SigningCredentials,
  type VerifiedSignature,
} from "./signature/verification.ts";
import { verifyVersion2 } from "./signature/version2.ts";

/**
 * Verifies a request signed in its query: a presigned URL. Undefined when the query carries no signature.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export const verifyPresigned = <C extends SigningCredentials>(
  request: SignedRequest,
  rules: SignatureRules<C>,
): VerifiedSignature<C> | undefined => {
  if (!SIGNATURE.test(request.rawQuery)) return undefined;
  const query = new URLSearchParams(request.rawQuery);
  if (rules.family === "s3" && query.has("AWSAccessKeyId")) return verifyVersion2(request, query, rules);
  const refusals = presignedRefusals(rules.family);
  const claim = queryClaim(query, rules);
  checkScope(claim, rules, refusals);
  checkSignedHeaders(request, claim, rules.family, refusals);
  const credentials = credentialsOf(claim, rules, refusals);
  checkLifetime(claim.timestamp, lifetimeOf(query, rules), rules);
  const { value, payload } = presignedPayload(request, query, rules);
  const parts = { credentials, payloadHash: value, family: rules.family, refusals };
  const seed = checkSignature(request, claim, parts);
  return { credentials, accessKeyId: claim.accessKeyId, scope: claim.scope, payload, seed };
};

/** Signature Version 2 is found too: S3 takes it, the others refuse it by name. */
const SIGNATURE = /(?:^|&)(?:X-Amz-(?:Algorithm|Credential|Signature)|AWSAccessKeyId)=/;

type Rules = SignatureRules<SigningCredentials>;

const queryClaim = (query: URLSearchParams, { family }: Rules): SignatureClaim => {
  const refusals = presignedRefusals(family);
  const read = (name: string) => query.get(`X-Amz-${name}`) ?? undefined;
  if (query.has("AWSAccessKeyId")) throw refusals.unsupported(`AWS ${query.get("AWSAccessKeyId")}`);
  const [algorithm, credentialText, signature] = [read("Algorithm"), read("Credential"), read("Signature")];
  const [signedHeaders, timestamp] = [read("SignedHeaders"), read("Date")];
  if (!algorithm || !credentialText || !signature || !signedHeaders || !timestamp) {
    const present = { Credential: credentialText, Signature: signature, SignedHeaders: signedHeaders, Date: timestamp };
    const missing = Object.entries(present).flatMap(([name, value]) => (value ? [] : [name]));
    throw refusals.incomplete(missing, query.toString());
  }
  if (algorithm !== "AWS4-HMAC-SHA256") throw refusals.unsupported(algorithm);
  const credential = parseCredential(credentialText);
  if (!credential) throw refusals.malformedCredential(credentialText);
  if (family === "s3" && parseBasicTime(timestamp) === undefined) throw s3PresignedRefusals.badDate();
  return { ...credential, signedHeaders, signature, timestamp, sessionToken: read("Security-Token") };
};

/** AWS: at most a week at S3, which also wants it to be there; elsewhere fifteen minutes unless it is. */
const MAX_LIFETIME_SECONDS = 604_800;

const lifetimeOf = (query: URLSearchParams, { family }: Rules): number => {
  const text = query.get("X-Amz-Expires");
  const seconds = Number(text);
  if (family !== "s3") return text === null || Number.isNaN(seconds) ? MAX_SKEW_MS : seconds * 1000;
  if (text === null) throw s3PresignedRefusals.incomplete([], "");
  if (!/^-?\d+$/.test(text)) throw s3PresignedRefusals.badLifetime("X-Amz-Expires should be a number");
  if (seconds < 0) throw s3PresignedRefusals.badLifetime("X-Amz-Expires must be non-negative");
  if (seconds > MAX_LIFETIME_SECONDS)
    throw s3PresignedRefusals.badLifetime(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_LIFETIME_SECONDS} seconds`,
    );
  return seconds * 1000;
};

const checkLifetime = (timestamp: string, lifetimeMs: number, { family, machineTime }: Rules): void => {
  const signed = parseBasicTime(timestamp) ?? 0;
  const expires = signed + lifetimeMs;
  const times = (limit: number, minutes: number) => ({
    signedAt: timestamp,
    now: basicTime(machineTime),
    limit: basicTime(limit),
    minutes,
  });
  const refusals = presignedRefusals(family);
  if (signed > machineTime + MAX_SKEW_MS) throw refusals.tooNew(times(machineTime + MAX_SKEW_MS, 15));
  if (machineTime < expires) return;
  if (family === "s3") throw s3PresignedRefusals.expired(lifetimeMs / 1000, expires, machineTime);
  throw refusals.tooOld(times(machineTime - lifetimeMs, lifetimeMs / 60_000));
};

const EMPTY = new Uint8Array();

/** AWS: the body of a presigned S3 request is nobody's word unless its hash was signed too; elsewhere it is hashed. */
const presignedPayload = (
  { headers, body }: SignedRequest,
  query: URLSearchParams,
  { family }: Rules,
): { value: string; payload: Payload } => {
  if (family === "s3") {
    const stated = header(headers, "x-amz-content-sha256") ?? query.get("X-Amz-Content-Sha256") ?? UNSIGNED_PAYLOAD;
    return { value: stated, payload: parsePayload(stated) };
  }
  const sha256 = payloadHash(body ?? EMPTY);
  return { value: sha256, payload: { kind: "hashed", sha256 } };
};
