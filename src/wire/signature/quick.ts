import { hash } from "node:crypto";
import type { HttpHeaders } from "../../kernel/http.ts";
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
  const key = signingKey(credentials.secretAccessKey, signer.scope);
  return isSameSignature(hmacHex(key, text), signatureIn(authorization)) ? credentials : undefined;
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

const BLOCK = 64;
const DIGEST = 32;
const MAX_TEXT = 1024;
const inner = Buffer.alloc(BLOCK + MAX_TEXT);
const outer = Buffer.alloc(BLOCK + DIGEST);

/** Keys already combined with HMAC's two pads. */
const pads = new WeakMap<Buffer, { readonly inner: Buffer; readonly outer: Buffer }>();

/** HMAC-SHA256 by two plain hashes: the object that `createHmac` makes costs more than both. */
const hmacHex = (key: Buffer, text: string): string => {
  let pad = pads.get(key);
  if (!pad) {
    pad = { inner: padded(key, 0x36), outer: padded(key, 0x5c) };
    pads.set(key, pad);
  }
  inner.set(pad.inner, 0);
  const length = inner.write(text, BLOCK, "latin1");
  outer.set(pad.outer, 0);
  outer.write(hash("sha256", inner.subarray(0, BLOCK + length)), BLOCK, "hex");
  return hash("sha256", outer);
};

/** A signing key is 32 bytes, shorter than a block. */
const padded = (key: Buffer, pad: number): Buffer => {
  const block = Buffer.alloc(BLOCK, pad);
  for (const [at, byte] of key.entries()) block[at] = byte ^ pad;
  return block;
};
