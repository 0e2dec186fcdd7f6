import type { HttpRequest } from "../../../kernel/http.ts";

/** Where a request to a REST API goes, however it was addressed. */
export interface RestAddress {
  readonly apiId: string;
  readonly stageName: string;
  /** As the caller sent it, the stage included. */
  readonly fullPath: string;
  /** The path within the stage. */
  readonly path: string;
  /** What a custom domain's mapping took off the path: `/v1`; absent at the API's own address. */
  readonly mapped?: string;
}

/** Where a custom domain's mapping leads. */
export interface DomainRoute {
  readonly apiId: string;
  /** Empty where it is left to the path to name a stage. */
  readonly stageName: string;
  readonly path: string;
  readonly mapped: string;
}

/** AWS: events show a path with what the mapping took off it, and without the stage. */
export const domainRestAddress = ({ apiId, stageName, path, mapped }: DomainRoute): RestAddress =>
  stageName === ""
    ? { ...staged(apiId, path), fullPath: `${mapped}${path}`, mapped }
    : { apiId, stageName, fullPath: `${mapped}${path}`, path, mapped };

/**
 * Reads where a request goes: hosts `API.execute-api.localhost` and `API.execute-api.REGION.amazonaws.com`, and paths
 * `/_execute-api/API/STAGE/…` for clients that cannot resolve those. Undefined when it is for no API.
 */
export const restAddress = ({ host, path }: Pick<HttpRequest, "host" | "path">): RestAddress | undefined => {
  const [, named] = HOST.exec(host) ?? [];
  if (named !== undefined) return staged(named.toLowerCase(), path);
  const [, apiId, rest = "/"] = PATH.exec(path) ?? [];
  return apiId === undefined ? undefined : staged(apiId, rest);
};

/** AWS: slashes before the stage are one, and so are those behind it where a path within the stage is looked for. */
const staged = (apiId: string, given: string): RestAddress => {
  const fullPath = given.replace(/^\/{2,}/, "/");
  const [stageName = ""] = fullPath.slice(1).split("/", 1);
  const path = fullPath.slice(stageName.length + 1).replace(/^\/{2,}/, "/") || "/";
  return { apiId, stageName, fullPath, path };
};

const HOST = /^([a-z0-9]+)\.execute-api\.(?:localhost|[a-z0-9-]+\.amazonaws\.com(?:\.cn)?)(?::\d+)?$/i;
const PATH = /^\/_execute-api\/([a-z0-9]+)(\/.*)?$/s;
