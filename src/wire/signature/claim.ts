import { NotImplemented } from "../../kernel/errors.ts";
import { type HttpHeaders, header } from "../../kernel/http.ts";
import { AUTHORIZATION_PARTS, type SignatureRefusals } from "./refusals.ts";
import type { CredentialScope } from "./signingKey.ts";
import { basicTime, parseBasicTime } from "./time.ts";

/** What a request says of its signature; nothing of it is verified. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** Header names joined with semicolons, as signed. */
  readonly signedHeaders: string;
  readonly signature: string;
  /** `20260101T000000Z` */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
}

const METHOD = "AWS4-HMAC-SHA256";

/** Reads the `Authorization` header; undefined when there is none. Throws the family's refusal of one that is not whole. */
export const headerClaim = (headers: HttpHeaders, refusals: SignatureRefusals): SignatureClaim | undefined => {
  const authorization = header(headers, "authorization");
  if (authorization === undefined) return undefined;
  if (authorization.startsWith("AWS4-ECDSA-P256-SHA256 ")) throw new NotImplemented("signatures of version 4A");
  if (!authorization.startsWith(`${METHOD} `)) throw refusals.unsupported(authorization);
  const { Credential, SignedHeaders, Signature } = partsOf(authorization);
  const timestamp = timestampOf(headers);
  if (!Credential || !SignedHeaders || !Signature || !timestamp) {
    const present = { Credential, SignedHeaders, Signature, Date: timestamp };
    throw refusals.incomplete(
      AUTHORIZATION_PARTS.filter((part) => !present[part]),
      authorization,
    );
  }
  const sessionToken = header(headers, "x-amz-security-token");
  const credential = parseCredential(Credential);
  if (!credential) throw refusals.malformedCredential(Credential);
  return { ...credential, signedHeaders: SignedHeaders, signature: Signature, timestamp, sessionToken };
};

/** An access key and its scope: `AKID/20260101/us-east-1/s3/aws4_request`. */
export const parseCredential = (text: string): Pick<SignatureClaim, "accessKeyId" | "scope"> | undefined => {
  const parts = text.split("/");
  const [accessKeyId, date, region, service, terminator] = parts;
  const whole = parts.length === 5 && terminator === "aws4_request";
  if (!whole || !accessKeyId || !date || !region || !service || !/^\d{8}$/.test(date)) return undefined;
  return { accessKeyId, scope: { date, region, service } };
};

interface Parts {
  Credential?: string;
  SignedHeaders?: string;
  Signature?: string;
}

const partsOf = (authorization: string): Parts => {
  const parts: Parts = {};
  for (const part of authorization.slice(METHOD.length).split(",")) {
    const equals = part.indexOf("=");
    const name = part.slice(0, equals).trim();
    if (name === "Credential" || name === "SignedHeaders" || name === "Signature")
      parts[name] = part.slice(equals + 1).trim();
  }
  return parts;
};

/** When the request says it was signed: `X-Amz-Date`, or else the plain `Date`. */
const timestampOf = (headers: HttpHeaders): string | undefined => {
  const basic = header(headers, "x-amz-date") ?? header(headers, "date");
  if (basic === undefined || parseBasicTime(basic) !== undefined) return basic;
  const parsed = Date.parse(basic);
  return Number.isNaN(parsed) ? undefined : basicTime(parsed);
};
