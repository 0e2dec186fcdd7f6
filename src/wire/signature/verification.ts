import { canonicalRequest, type SignedHead, stringToSign } from "./canonicalRequest.ts";
import type { SignatureClaim } from "./claim.ts";
import type { Payload } from "./payload.ts";
import type { RefusalFamily, SignatureRefusals } from "./refusals.ts";
import { type CredentialScope, isSameSignature, scopeText, sign, signingKey } from "./signingKey.ts";

/** What an access key must tell for a signature to be verified. */
export interface SigningCredentials {
  readonly secretAccessKey: string;
  /** Milliseconds since the epoch, in the cloud's time; absent for keys that last. */
  readonly expiration?: number;
}

/** A request to verify; `body` is undefined where it streams and is verified as it comes. */
export interface SignedRequest extends SignedHead {
  readonly body: Uint8Array | undefined;
}

/** What a service demands of signatures. */
export interface SignatureRules<C extends SigningCredentials> {
  readonly family: RefusalFamily;
  /** The service's name in credential scopes. */
  readonly signingName: string;
  /** The credentials of a key, expired or not; a temporary key is found by its session token too. */
  findCredentials(accessKeyId: string, sessionToken: string | undefined): C | undefined;
  /** The machine's time, against which a signature ages: clients sign by their own clocks, whatever the cloud's says. */
  readonly machineTime: number;
  /** The cloud's time, at which temporary credentials end. */
  readonly cloudTime: number;
}

/** A signature that is right. */
export interface VerifiedSignature<C> {
  readonly credentials: C;
  readonly accessKeyId: string;
  /** Signature Version 2 has none. */
  readonly scope: CredentialScope | undefined;
  /** What the body must be. A body that was given has been checked already. */
  readonly payload: Payload;
  /** The first link of the chain that signed chunks form; Signature Version 2 signs none. */
  readonly seed: SignatureSeed | undefined;
}

/** What the signatures of chunks continue from. */
export interface SignatureSeed {
  readonly key: Buffer;
  readonly signature: string;
  readonly timestamp: string;
  readonly scope: string;
}

/** The credentials a claim names. Throws for keys nobody has, tokens of another key and tokens that have ended. */
export const credentialsOf = <C extends SigningCredentials>(
  { accessKeyId, sessionToken }: Pick<SignatureClaim, "accessKeyId" | "sessionToken">,
  rules: SignatureRules<C>,
  refusals: SignatureRefusals,
): C => {
  const credentials = rules.findCredentials(accessKeyId, sessionToken);
  if (!credentials) throw sessionToken ? refusals.unknownToken(sessionToken) : refusals.unknownKey(accessKeyId);
  if (credentials.expiration !== undefined && credentials.expiration <= rules.cloudTime)
    throw refusals.expiredToken(sessionToken ?? "");
  return credentials;
};

interface SignatureParts {
  readonly credentials: SigningCredentials;
  readonly payloadHash: string;
  readonly family: RefusalFamily;
  readonly refusals: SignatureRefusals;
}

/** Computes the signature a request should have and compares. */
export const checkSignature = (head: SignedHead, claim: SignatureClaim, parts: SignatureParts): SignatureSeed => {
  const { accessKeyId, signature, signedHeaders, timestamp } = claim;
  const s3 = parts.family === "s3";
  const canonical = canonicalRequest(head, { signedHeaders, payloadHash: parts.payloadHash, s3 });
  const scope = scopeText(claim.scope);
  const text = stringToSign(timestamp, scope, canonical);
  const key = signingKey(parts.credentials.secretAccessKey, claim.scope);
  if (!isSameSignature(sign(key, text), signature))
    throw parts.refusals.mismatch({ accessKeyId, signature, canonical, stringToSign: text });
  return { key, signature, timestamp, scope };
};

/** Throws when a credential is for another service or day, or for what is no region. */
export const checkScope = (
  { scope, timestamp }: SignatureClaim,
  { signingName }: Pick<SignatureRules<SigningCredentials>, "signingName">,
  refusals: SignatureRefusals,
): void => {
  if (!REGION.test(scope.region)) throw refusals.wrongRegion(scope.region);
  if (scope.service !== signingName) throw refusals.wrongService(scope.service, signingName);
  if (!timestamp.startsWith(scope.date)) throw refusals.wrongDate(scope.date, timestamp);
};

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;

/** AWS: the host is always signed; S3 wants every `x-amz-` header signed too, the others do not look. */
export const checkSignedHeaders = (
  { headers }: SignedHead,
  { signedHeaders }: SignatureClaim,
  family: RefusalFamily,
  refusals: SignatureRefusals,
): void => {
  const signed = signedHeaders.split(";");
  if (family !== "s3" && signed.includes("host")) return;
  const unsigned = (name: string) => !signed.includes(name);
  const demanded = family === "s3" ? ["host", ...Object.keys(headers).filter(mustBeSigned)] : ["host"];
  if (demanded.some(unsigned)) throw refusals.unsignedHeaders(demanded.filter(unsigned));
};

/** AWS: the hash of the body is signed whether it is named or not. */
const mustBeSigned = (name: string): boolean => name.startsWith("x-amz-") && name !== "x-amz-content-sha256";
