import type { IntegrationRecord } from "../records.ts";

/**
 * Headers of a backend, or of a mapping, under the names with which API Gateway passes them on: what is its own to say
 * comes as `x-amzn-remapped-NAME`. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export const remappedHeaders = <V>(headers: Readonly<Record<string, V>>): Record<string, V> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([given, value]) => {
      const name = given.toLowerCase();
      if (name === "transfer-encoding") return [];
      return [[REMAPPED.has(name) ? `x-amzn-remapped-${name}` : name, value]];
    }),
  );

const REMAPPED = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "trailer",
  "upgrade",
  "user-agent",
  "www-authenticate",
  "x-amzn-requestid",
]);

/** AWS: an integration that would set one of these headers of its request fails with each request. */
export const setsForbiddenHeader = ({ type, requestParameters = {} }: IntegrationRecord): boolean => {
  const forbidden = type === "AWS" || type === "AWS_PROXY" ? FORBIDDEN_TO_SERVICES : FORBIDDEN;
  return Object.keys(requestParameters).some((key) => {
    const [, name = ""] = /^integration\.request\.header\.(.+)$/.exec(key) ?? [];
    return forbidden.has(name.toLowerCase());
  });
};

const FORBIDDEN = new Set(["content-length", "transfer-encoding"]);
const FORBIDDEN_TO_SERVICES = new Set([
  ...FORBIDDEN,
  "authorization",
  "connection",
  "expect",
  "proxy-authenticate",
  "te",
]);
