import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

const MODES = new Set(["ignore", "prepend", "split"]);

/** Whether a text says how an import reads a document's base path. */
export const isBasePathMode = (text: string): boolean => MODES.has(text);

/**
 * A path of a document with what of its base path an import puts before it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export const basedPaths = (document: JsonObject, mode = "ignore"): ((path: string) => string) => {
  if (mode === "ignore") return (path) => path;
  const segments = basePathOf(document)
    .split("/")
    .filter((segment) => segment !== "");
  // AWS: what is split off is for a custom domain, or a stage, to be named after.
  const kept = mode === "split" ? segments.slice(1) : segments;
  const prefix = kept.map((segment) => `/${segment}`).join("");
  return (path) => (path === "/" && prefix !== "" ? prefix : `${prefix}${path}`);
};

/** AWS: OpenAPI 3 has a variable of its server for what Swagger has a member, or the path of the server's address. */
const basePathOf = ({ basePath, servers }: JsonObject): string => {
  if (typeof basePath === "string") return basePath;
  const [server] = Array.isArray(servers) ? servers.filter(isJsonObject) : [];
  const variables = server?.["variables"];
  const variable = isJsonObject(variables) ? variables["basePath"] : undefined;
  if (isJsonObject(variable)) return String(variable["default"] ?? "");
  const url = String(server?.["url"] ?? "");
  return url.replace(/^[a-z]+:\/\/[^/]*/i, "");
};
