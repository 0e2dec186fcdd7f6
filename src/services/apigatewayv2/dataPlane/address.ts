import type { HttpRequest } from "../../../kernel/http.ts";

/** Where a request to an HTTP API goes, however it was addressed. */
export interface ApiAddress {
  readonly apiId: string;
  /** The path as the function is to see it. */
  readonly path: string;
  /** The path form and custom domains name their stage outright. */
  readonly stageName: string | undefined;
  /** What a custom domain's mapping took off the path: `/v1`. */
  readonly mapped?: string;
}

/**
 * Reads where a request goes: hosts `API.execute-api.localhost` and `API.execute-api.REGION.amazonaws.com`, and paths
 * `/_execute-api/API/STAGE/…` for clients that cannot resolve those. Undefined when it is for no HTTP API.
 */
export const apiAddress = ({ host, path }: Pick<HttpRequest, "host" | "path">): ApiAddress | undefined => {
  const [, apiId] = HOST.exec(host) ?? [];
  if (apiId !== undefined) return { apiId: apiId.toLowerCase(), path, stageName: undefined };
  if (!path.startsWith("/_execute-api/")) return undefined;
  const [, named, rest = "/"] = PATH.exec(path) ?? [];
  if (named === undefined) return undefined;
  const [first = ""] = rest.slice(1).split("/", 1);
  // The default stage has no path of its own, so it is named and left out.
  if (first === "$default" || first.toLowerCase() === "%24default") {
    return { apiId: named, path: rest.slice(first.length + 1) || "/", stageName: "$default" };
  }
  return { apiId: named, path: rest, stageName: undefined };
};

/**
 * The custom domain a request is for, as far as its host tells: `api.example.com.localhost` is this machine's address of
 * `api.example.com`. Undefined for the names of services.
 */
export const domainIn = (host: string): string | undefined => {
  const [, name] = DOMAIN.exec(host) ?? [];
  return name === undefined || SERVICE_NAMES.test(name) ? undefined : name.toLowerCase();
};

const DOMAIN = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)\.localhost(?::\d+)?$/i;
const SERVICE_NAMES = /\.(?:s3|s3-website|execute-api|lambda-url)$/i;
const HOST = /^([a-z0-9]+)\.execute-api\.(?:localhost|[a-z0-9-]+\.amazonaws\.com(?:\.cn)?)(?::\d+)?$/i;
const PATH = /^\/_execute-api\/([a-z0-9]+)(\/.*)?$/s;
