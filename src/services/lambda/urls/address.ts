import type { HttpRequest } from "../../../kernel/http.ts";

/** Which function URL a request is for, however it was addressed. */
export interface UrlAddress {
  readonly urlId: string;
  /** The path as the function is to see it. */
  readonly path: string;
}

/**
 * Hosts `ID.lambda-url.localhost`, `ID.lambda-url.REGION.localhost` and AWS's own, and paths `/_lambda-url/ID/…` for
 * clients that cannot resolve those.
 */
export const urlAddress = ({ host, path }: Pick<HttpRequest, "host" | "path">): UrlAddress | undefined => {
  const [, named] = HOST.exec(host) ?? [];
  if (named !== undefined) return { urlId: named.toLowerCase(), path };
  if (!path.startsWith("/_lambda-url/")) return undefined;
  const [, urlId, rest = "/"] = PATH.exec(path) ?? [];
  return urlId === undefined ? undefined : { urlId, path: rest };
};

/** The address a URL has here. */
export const urlOrigin = (endpoint: string, urlId: string): string => {
  const { protocol, port } = new URL(endpoint);
  return `${protocol}//${urlId}.lambda-url.localhost${port ? `:${port}` : ""}/`;
};

const HOST = /^([a-z0-9]+)\.lambda-url\.(?:(?:[a-z0-9-]+\.)?localhost|[a-z0-9-]+\.on\.aws)(?::\d+)?$/i;
const PATH = /^\/_lambda-url\/([a-z0-9]+)(\/.*)?$/s;
