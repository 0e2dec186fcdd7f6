import { createHmac, timingSafeEqual } from "node:crypto";

/** Whom, when and for what a signature is good: the scope of a credential. */
export interface CredentialScope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** A key lives for a day; in that day a cloud sees a few roles, regions and services. */
const MAX_CACHED_KEYS = 1024;
const keys = new Map<string, Buffer>();

/** The key derived from a secret for one day, region and service. Deriving costs four hashes, so the last ones are kept. */
export const signingKey = (secretAccessKey: string, { date, region, service }: CredentialScope): Buffer => {
  const name = `${date}/${region}/${service}/${secretAccessKey}`;
  const known = keys.get(name);
  if (known) return known;
  const ofDate = hmac(`AWS4${secretAccessKey}`, date);
  const key = hmac(hmac(hmac(ofDate, region), service), "aws4_request");
  if (keys.size >= MAX_CACHED_KEYS) keys.clear();
  keys.set(name, key);
  return key;
};

/** A scope as it is written in credentials and strings to sign. */
export const scopeText = ({ date, region, service }: CredentialScope): string =>
  `${date}/${region}/${service}/aws4_request`;

/** A signature, in hex. */
export const sign = (key: Buffer, text: string): string => createHmac("sha256", key).update(text).digest("hex");

/** Whether two signatures are the same, in a time that tells nothing about where they differ. */
export const isSameSignature = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
