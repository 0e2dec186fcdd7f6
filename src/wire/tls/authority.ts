import type { SecureContext } from "node:tls";
import { isOurHost, OUR_DOMAINS } from "../hosts.ts";
import type { KeyedCertificate } from "./certificates.ts";

/** An authority as it is kept, with the names it was made for. */
export interface KeptAuthority extends KeyedCertificate {
  readonly names: readonly string[];
}

/** Where the authority is kept. */
export interface AuthorityKeeper {
  read(): KeptAuthority | undefined;
  write(authority: KeptAuthority): void;
}

/** Who vouches for this cloud's names. Nothing is made, and nothing of it loaded, before its first use. */
export interface Authority {
  /** Its certificate, as PEM; made now if there is none. */
  certificate(): Promise<string>;
  /** A server's certificate for the names under which the cloud is known without any other. */
  plain(): Promise<KeyedCertificate>;
  /** What a connection to that name is encrypted with. Throws for a name that is not ours. */
  contextFor(name: string): Promise<SecureContext>;
}

/** More than a cloud has APIs and buckets in use; the longest known goes first. */
const MAX_CONTEXTS = 500;
/** An authority is made anew before it ends, and its certificates with it. */
const RENEW_BEFORE_MS = 30 * 86_400_000;
const PLAIN_NAMES = ["localhost", "127.0.0.1", "::1"] as const;

export const createAuthority = (keeper: AuthorityKeeper, hosts: readonly string[]): Authority => {
  const names = [...new Set([...OUR_DOMAINS, ...hosts])].sort();
  const contexts = new Map<string, { readonly made: Promise<SecureContext>; readonly until: number }>();
  let current: Promise<KeptAuthority> | undefined;

  const authority = (): Promise<KeptAuthority> => {
    current ??= openAuthority(keeper, names).catch((error) => {
      current = undefined;
      throw error;
    });
    return current;
  };

  const issueFor = async (shown: readonly string[]): Promise<KeyedCertificate> => {
    const [{ issue }, issuer] = await Promise.all([import("./certificates.ts"), authority()]);
    return issue(issuer, shown, Date.now());
  };

  const makeContext = async (name: string): Promise<SecureContext> => {
    const [{ createSecureContext }, { certificate, key }] = await Promise.all([import("node:tls"), issueFor([name])]);
    return createSecureContext({ cert: certificate, key, minVersion: "TLSv1.2" });
  };

  return {
    certificate: async () => (await authority()).certificate,
    plain: () => issueFor([...PLAIN_NAMES, ...hosts.filter((host) => host !== "*")]),
    contextFor: async (asked) => {
      const name = asked.toLowerCase();
      if (!isOurHost(name, hosts)) throw new Error(`${name} is no name of this cloud`);
      const known = contexts.get(name);
      if (known && known.until > Date.now()) return known.made;
      const oldest = contexts.size >= MAX_CONTEXTS ? contexts.keys().next().value : undefined;
      if (oldest !== undefined) contexts.delete(oldest);
      const made = makeContext(name);
      contexts.set(name, { made, until: Date.now() + RENEW_BEFORE_MS });
      made.catch(() => contexts.delete(name));
      return made;
    },
  };
};

/** The one that is kept, unless it ends soon or was made for other names. */
const openAuthority = async (keeper: AuthorityKeeper, names: readonly string[]): Promise<KeptAuthority> => {
  const { makeAuthority, endOf } = await import("./certificates.ts");
  const kept = keeper.read();
  const suits = kept && kept.names.join() === names.join() && endOf(kept.certificate) > Date.now() + RENEW_BEFORE_MS;
  if (suits) return kept;
  const made = { ...(await makeAuthority(names, Date.now())), names };
  keeper.write(made);
  return made;
};
