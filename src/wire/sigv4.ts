import { AwsError } from "../kernel/errors.ts";
import { header } from "../kernel/http.ts";
import { verifyPresigned } from "./presign.ts";
import { headerClaim } from "./signature/claim.ts";
import { checkPayload, type Payload, parsePayload, payloadHash } from "./signature/payload.ts";
import { signatureRefusals } from "./signature/refusalFamilies.ts";
import type { RefusalFamily, SignatureRefusals } from "./signature/refusals.ts";
import { twoMechanisms } from "./signature/s3Refusals.ts";
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

/**
 * Verifies a request signed in its `Authorization` header or its query; undefined when it carries
 * no signature.
 *
 * Throws the refusal of the service's family: an unknown key, a signature that does not match, one that is too old.
 */
export const verifySignature = <C extends SigningCredentials>(
  request: SignedRequest,
  rules: SignatureRules<C>,
): VerifiedSignature<C> | undefined => {
  const refusals = signatureRefusals(rules.family);
  const claim = headerClaim(request.headers, refusals);
  if (!claim) return verifyPresigned(request, rules);
  if (rules.family === "s3" && /(?:^|&)(?:X-Amz-Algorithm|AWSAccessKeyId)=/.test(request.rawQuery))
    throw twoMechanisms(header(request.headers, "authorization") ?? "");
  checkScope(claim, rules, refusals);
  checkSignedHeaders(request, claim, rules.family, refusals);
  const credentials = credentialsOf(claim, rules, refusals);
  checkAge(claim.timestamp, rules.machineTime, refusals);
  const { value, payload } = signedPayload(request, rules.family);
  const seed = checkSignature(request, claim, { credentials, payloadHash: value, family: rules.family, refusals });
  if (rules.family === "s3" && payload.kind === "hashed" && request.body)
    checkPayload(payload.sha256, payloadHash(request.body));
  return { credentials, accessKeyId: claim.accessKeyId, scope: claim.scope, payload, seed };
};

const checkAge = (timestamp: string, now: number, refusals: SignatureRefusals): void => {
  const signed = parseBasicTime(timestamp) ?? 0;
  const times = (limit: number) => ({ signedAt: timestamp, now: basicTime(now), limit: basicTime(limit), minutes: 15 });
  if (signed < now - MAX_SKEW_MS) throw refusals.tooOld(times(now - MAX_SKEW_MS));
  if (signed > now + MAX_SKEW_MS) throw refusals.tooNew(times(now + MAX_SKEW_MS));
};

/** What stands for the body in the canonical request. AWS: S3 takes the header's word and checks it; others hash the body. */
const signedPayload = (
  { headers, body }: SignedRequest,
  family: RefusalFamily,
): { value: string; payload: Payload } => {
  const stated = header(headers, "x-amz-content-sha256");
  if (family === "s3") {
    if (stated === undefined)
      throw new AwsError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256", 400);
    return { value: stated, payload: parsePayload(stated) };
  }
  if (body === undefined && stated !== undefined) return { value: stated, payload: parsePayload(stated) };
  const sha256 = payloadHash(body ?? EMPTY);
  return { value: sha256, payload: { kind: "hashed", sha256 } };
};

const EMPTY = new Uint8Array();
