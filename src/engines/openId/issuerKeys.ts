import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import { isJsonObject } from "../../kernel/json.ts";

/** An issuer did not answer, or answered something other than its keys. */
export class IssuerUnreachable extends Error {
  override readonly name = "IssuerUnreachable";
}

/** The keys of an issuer, by its URL. Rejects with IssuerUnreachable. */
export type IssuerKeys = (issuer: string) => Promise<JWTVerifyGetKey>;

/** AWS: an issuer's keys may be used for two hours before they are asked for again. */
const KEPT_MS = 2 * 60 * 60 * 1000;
const TIMEOUT_MS = 1500;
const MAX_ISSUERS = 100;

interface Kept {
  readonly keys: JWTVerifyGetKey;
  readonly until: number;
}

/** Finds issuers' keys by OpenID Connect discovery and keeps them for a while. */
export const createIssuerKeys = (clock: Clock = systemClock()): IssuerKeys => {
  const kept = new Map<string, Kept>();
  return async (issuer) => {
    const known = kept.get(issuer);
    if (known && known.until > clock.now()) return known.keys;
    const keys = remoteKeys(new URL(await discover(issuer)));
    if (kept.size >= MAX_ISSUERS) kept.clear();
    kept.set(issuer, { keys, until: clock.now() + KEPT_MS });
    return keys;
  };
};

const remoteKeys = (url: URL): JWTVerifyGetKey => {
  const find = createRemoteJWKSet(url, { timeoutDuration: TIMEOUT_MS, cacheMaxAge: KEPT_MS });
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      // Whatever jose has no class of its own for came from the network.
      if (error instanceof TypeError) throw new IssuerUnreachable(`no keys at ${url}`, { cause: error });
      throw error;
    }
  };
};

const discover = async (issuer: string): Promise<string> => {
  try {
    const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const document: unknown = await response.json();
    const uri = isJsonObject(document) ? document["jwks_uri"] : undefined;
    if (typeof uri === "string" && URL.canParse(uri)) return uri;
  } catch (error) {
    throw new IssuerUnreachable(`the issuer ${issuer} does not answer`, { cause: error });
  }
  throw new IssuerUnreachable(`the issuer ${issuer} names no keys`);
};
