import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TrustFiles } from "./kernel/trust.ts";
import { type Authority, type AuthorityKeeper, createAuthority } from "./wire/tls/authority.ts";

/** Where the authority lies. */
export interface TrustPlace {
  /** The folder, made when asked for. */
  readonly folder: () => string;
  /** Whether its key is kept, or known to this process only. */
  readonly keepsKey: boolean;
}

/** The cloud's own authority for TLS, and the files by which clients come to trust it. */
export interface Trust {
  readonly authority: Authority;
  /** Where its files are, or will be. */
  paths(): TrustFiles;
  /** The same once they are there. */
  files(): Promise<TrustFiles>;
}

const OWNER_ONLY = 0o600;
const FOR_ALL = 0o644;

export const createTrust = (place: TrustPlace, hosts: readonly string[]): Trust => {
  const authority = createAuthority(place.keepsKey ? fileKeeper(place.folder) : memoryKeeper(), hosts);
  const paths = (): TrustFiles => ({ ca: join(place.folder(), "ca.pem"), bundle: join(place.folder(), "bundle.pem") });
  return {
    authority,
    paths,
    files: async () => {
      const certificate = await authority.certificate();
      const files = paths();
      if (textOf(files.ca) === certificate && existsSync(files.bundle)) return files;
      const { rootCertificates } = await import("node:tls");
      replace(files.bundle, `${[certificate.trimEnd(), ...rootCertificates].join("\n")}\n`, FOR_ALL);
      // The last one says that all are there.
      replace(files.ca, certificate, FOR_ALL);
      return files;
    },
  };
};

const fileKeeper = (folder: () => string): AuthorityKeeper => {
  const path = () => join(folder(), "authority.json");
  return {
    read: () => {
      const text = textOf(path());
      return text === undefined ? undefined : JSON.parse(text);
    },
    write: (authority) => replace(path(), JSON.stringify(authority), OWNER_ONLY),
  };
};

const memoryKeeper = (): AuthorityKeeper => ({ read: () => undefined, write: () => undefined });

const textOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

/** In one step, for others may be reading. */
const replace = (path: string, text: string, mode: number): void => {
  writeFileSync(`${path}.new`, text, { mode });
  chmodSync(`${path}.new`, mode);
  renameSync(`${path}.new`, path);
};
