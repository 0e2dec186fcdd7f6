import { hash } from "node:crypto";
import type { HttpHeaders } from "../../kernel/http.ts";
import { Hmac } from "./hmac.ts";
import { type Signer, signatureIn, signerOf } from "./signer.ts";
import { isSameSignature, signingKey } from "./signingKey.ts";
import { MAX_SKEW_MS, parseBasicTime } from "./time.ts";
import type { SignatureRules, SigningCredentials } from "./verification.ts";

/**
 * Verifies a plain call, `POST /` signed in its header by a living key in the usual form, at a fraction of the cost of
 * `verifySignature`. It only ever says yes: undefined is for the full verification to explain, or to find right after all.
 */
export const recognise = <C extends SigningCredentials>(
  headers: HttpHeaders,
  body: Uint8Array,
  rules: SignatureRules<C>,
): C | undefined => {
  const { authorization, "x-amz-date": timestamp, "x-amz-security-token": token } = headers;
  if (typeof authorization !== "string" || typeof timestamp !== "string" || typeof token === "object") return undefined;
  const signer = signerOf(authorization);
  if (!signer || !isInScope(signer, timestamp, rules)) return undefined;
  const credentials = rules.findCredentials(signer.accessKeyId, token);
  if (!credentials || (credentials.expiration ?? Number.POSITIVE_INFINITY) <= rules.cloudTime) return undefined;
  const canonical = canonicalCall(headers, signer, body);
  if (canonical === undefined) return undefined;
  const text = `AWS4-HMAC-SHA256\n${timestamp}\n${signer.scopeText}\n${hash("sha256", canonical)}`;
  const signature = hmacOf(credentials.secretAccessKey, signer).hex(text);
  return isSameSignature(signature, signatureIn(authorization)) ? credentials : undefined;
};

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;

const isInScope = (
  { scope, names }: Signer,
  timestamp: string,
  { signingName, machineTime }: SignatureRules<SigningCredentials>,
): boolean => {
  if (scope.service !== signingName || !timestamp.startsWith(scope.date) || !names.includes("host")) return false;
  const signedAt = timeOf(timestamp);
  return signedAt !== undefined && Math.abs(signedAt - machineTime) <= MAX_SKEW_MS && REGION.test(scope.region);
};

let lastText = "";
let lastTime: number | undefined;

/** Calls of one second carry the same text. */
const timeOf = (timestamp: string): number | undefined => {
  if (timestamp !== lastText) {
    lastTime = parseBasicTime(timestamp);
    lastText = timestamp;
  }
  return lastTime;
};

/** The canonical request of a call without a query; undefined where a signed header is not one plain text. */
const canonicalCall = (
  headers: HttpHeaders,
  { names, signedHeaders }: Signer,
  body: Uint8Array,
): string | undefined => {
  let canonical = "POST\n/\n\n";
  for (const name of names) {
    const value = headers[name];
    if (typeof value !== "string" || value.includes("  ")) return undefined;
    canonical += `${name}:${value}\n`;
  }
  return `${canonical}\n${signedHeaders}\n${hash("sha256", body)}`;
};

/** A signer's key, as it is while the secret is the same. */
interface KnownKey {
  readonly secret: string;
  readonly hmac: Hmac;
}

const keys = new WeakMap<Signer, KnownKey>();

const hmacOf = (secret: string, signer: Signer): Hmac => {
  const known = keys.get(signer);
  if (known?.secret === secret) return known.hmac;
  const hmac = new Hmac(signingKey(secret, signer.scope));
  keys.set(signer, { secret, hmac });
  return hmac;
};
