import { parseCredential } from "./claim.ts";
import { type CredentialScope, scopeText } from "./signingKey.ts";

/** All that an `Authorization` header says but the signature itself: the same for every request of one client and day. */
export interface Signer {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly scopeText: string;
  /** As signed: names joined with semicolons. */
  readonly signedHeaders: string;
  readonly names: readonly string[];
}

const MAX_KNOWN_SIGNERS = 1024;
const known = new Map<string, Signer>();
/** Whoever calls now most often called last, too, and comparing costs less than looking up. */
let last: { readonly text: string; readonly signer: Signer } | undefined;
/** A request is asked about twice: for its service, and for its signature. */
let asked: { readonly authorization: string; readonly signer: Signer | undefined } | undefined;

const SIGNATURE = "Signature=";
const SIGNATURE_LENGTH = 64;
/** The form all current SDKs write. */
const FORM = /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([a-z0-9;_-]+), ?Signature=$/;

/** Who signed, where the header has the usual form; undefined says nothing about whether it is right. */
export const signerOf = (authorization: string): Signer | undefined => {
  if (asked?.authorization !== authorization) asked = { authorization, signer: find(authorization) };
  return asked.signer;
};

const find = (authorization: string): Signer | undefined => {
  const end = authorization.length - SIGNATURE_LENGTH;
  if (end <= SIGNATURE.length) return undefined;
  const text = authorization.slice(0, end);
  if (last?.text === text) return last.signer;
  const signer = known.get(text) ?? learn(text);
  if (signer) last = { text, signer };
  return signer;
};

const learn = (text: string): Signer | undefined => {
  const signer = read(text);
  if (!signer) return undefined;
  if (known.size >= MAX_KNOWN_SIGNERS) known.clear();
  known.set(text, signer);
  return signer;
};

/** The signature of a header that `signerOf` knows. */
export const signatureIn = (authorization: string): string => authorization.slice(-SIGNATURE_LENGTH);

const read = (text: string): Signer | undefined => {
  const [, credentialText = "", signedHeaders = ""] = FORM.exec(text) ?? [];
  const credential = parseCredential(credentialText);
  if (!credential) return undefined;
  return {
    ...credential,
    scopeText: scopeText(credential.scope),
    signedHeaders,
    names: signedHeaders.split(";"),
  };
};
