import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";

/** Where a child process lives and what it may reach. */
export interface EnvironmentOptions {
  /** A folder that is the process's own; never the host user's. */
  readonly home: string;
  readonly tmp: string;
  /** Folders before the system's on the PATH. */
  readonly path?: readonly string[];
}

/** The least environment in which programs work: nothing of this process's own, so no keys, tokens, profiles or HOME. */
export const minimalEnvironment = ({ home, tmp, path = [] }: EnvironmentOptions): Record<string, string> => ({
  PATH: [...path, ...systemPath()].join(delimiter),
  HOME: home,
  TMPDIR: tmp,
  LANG: "C.UTF-8",
  LC_ALL: "C.UTF-8",
  TERM: "dumb",
});

/** Folders where systems keep their programs, and the one of the Node that runs this. */
export const systemPath = (): readonly string[] => {
  const candidates = [dirname(process.execPath), ...SYSTEM_FOLDERS];
  return [...new Set(candidates)].filter((folder) => existsSync(folder));
};

/**
 * How to reach the network from where this runs: proxies, certificates and the npm registry, all without credentials.
 * A company's laptop builds nothing without them; whoever needs a private registry's token passes it as a secret.
 */
export const networkEnvironment = (host: NodeJS.ProcessEnv = process.env): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const name of NETWORK_VARIABLES) {
    const value = host[name];
    if (value) found[name] = withoutCredentials(value);
  }
  return found;
};

const SYSTEM_FOLDERS = [
  "/opt/homebrew/bin",
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
];

const NETWORK_VARIABLES = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "GIT_SSL_CAINFO",
  "PIP_CERT",
  "PIP_EXTRA_INDEX_URL",
  "PIP_INDEX_URL",
  "PIP_TRUSTED_HOST",
  "npm_config_registry",
  "NPM_CONFIG_REGISTRY",
];

/** `http://user:password@proxy:3128` without the part before the `@`. */
const withoutCredentials = (value: string): string => value.replace(/^([a-z]+:\/\/)[^/@]*@/i, "$1");
