import type { Clock } from "./clock.ts";
import type { Ids } from "./ids.ts";
import type { Principal } from "./principal.ts";
import type { Cipher, TemporaryCredentials } from "./service.ts";

/** What is known of an access key that signs requests. */
export interface KnownCredentials {
  readonly secretAccessKey: string;
  readonly principal: Principal;
  /** Milliseconds since the epoch; absent for long-term keys. */
  readonly expiration?: number;
}

/** Issues temporary credentials and recognises them again, without keeping a record of any. */
export interface CredentialMint {
  issue(principal: Principal, durationSeconds?: number): TemporaryCredentials;
  /** Whose they are, expired or not; undefined when this cloud did not issue them. */
  recognise(accessKeyId: string, sessionToken: string): KnownCredentials | undefined;
}

const DEFAULT_DURATION_SECONDS = 3600;
/** Tokens opened lately; opening one costs more than the rest of a signature check. */
const MAX_RECENT_TOKENS = 1024;

/** The session token is its own record: the principal, the secret and the end, sealed under the state's key. */
export const createCredentialMint = (cipher: Cipher, ids: Ids, clock: Clock): CredentialMint => {
  const recent = new Map<string, KnownCredentials & { readonly accessKeyId: string }>();
  const open = (token: string) => {
    const known = recent.get(token);
    if (known) return known;
    const opened = openToken(cipher, token);
    if (!opened) return undefined;
    if (recent.size >= MAX_RECENT_TOKENS) recent.clear();
    recent.set(token, opened);
    return opened;
  };
  return {
    issue: (principal, durationSeconds = DEFAULT_DURATION_SECONDS) => {
      const accessKeyId = `ASIA${ids.upper(16)}`;
      const secretAccessKey = ids.mixed(40);
      const issuedAt = clock.now();
      const expiration = issuedAt + durationSeconds * 1000;
      const owner = { ...principal, accessKeyId, issuedAt };
      const sessionToken = cipher.seal(JSON.stringify({ accessKeyId, secretAccessKey, principal: owner, expiration }));
      return { accessKeyId, secretAccessKey, sessionToken, expiration };
    },
    recognise: (accessKeyId, sessionToken) => {
      const known = open(sessionToken);
      return known?.accessKeyId === accessKeyId ? known : undefined;
    },
  };
};

const openToken = (cipher: Cipher, token: string) => {
  try {
    return JSON.parse(cipher.open(token).toString());
  } catch {
    // Not sealed by this cloud: an unknown token, which the caller answers as AWS does.
    return undefined;
  }
};
