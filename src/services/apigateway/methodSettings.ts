import type { MethodSetting, PatchOperation } from "@aws-sdk/client-api-gateway";
import { badRequest } from "./errors.ts";
import { DEFAULT_BURST, DEFAULT_RATE } from "./limits.ts";
import { patched, pathOf } from "./patch.ts";

/** `/PATH/METHOD/logging/loglevel`, the path escaped or `*`; removing `/PATH/METHOD` removes all of them. */
const SETTINGS: Readonly<Record<string, readonly [keyof MethodSetting, "text" | "number" | "boolean"]>> = {
  "metrics/enabled": ["metricsEnabled", "boolean"],
  "logging/loglevel": ["loggingLevel", "text"],
  "logging/dataTrace": ["dataTraceEnabled", "boolean"],
  "throttling/burstLimit": ["throttlingBurstLimit", "number"],
  "throttling/rateLimit": ["throttlingRateLimit", "number"],
  "caching/enabled": ["cachingEnabled", "boolean"],
  "caching/ttlInSeconds": ["cacheTtlInSeconds", "number"],
  "caching/dataEncrypted": ["cacheDataEncrypted", "boolean"],
  "caching/requireAuthorizationForCacheControl": ["requireAuthorizationForCacheControl", "boolean"],
  "caching/unauthorizedCacheControlHeaderStrategy": ["unauthorizedCacheControlHeaderStrategy", "text"],
};

/** Whether a patch is of a method's settings: none of the stage's own members is at its path. */
export const isMethodSetting = (operation: PatchOperation, members: object): boolean => {
  const [first = ""] = pathOf(operation);
  return !Object.hasOwn(members, first);
};

/** AWS: a method that has settings has all of them. */
const DEFAULTS: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: DEFAULT_BURST,
  throttlingRateLimit: DEFAULT_RATE,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

/** The key of a method's settings. AWS: the resource's path stands in it escaped as in patches. */
export const settingKey = ({ resource, method }: SettingsTarget): string =>
  `${resource.path.replace(/^\//, "~1").replaceAll("/", "~1")}/${method.httpMethod}`;

interface SettingsTarget {
  readonly resource: { readonly path: string };
  readonly method: { readonly httpMethod: string };
}

/** A stage's settings with a patch applied. */
export const withSetting = (settings: Record<string, MethodSetting>, operation: PatchOperation) => {
  const [path = "", method = "", ...rest] = pathOf(operation);
  // AWS: settings are kept by the resource's path as it is escaped in the patch, without its first slash.
  const key = `${path === "*" ? "*" : path.replace(/^\//, "~1").replaceAll("/", "~1")}/${method}`;
  const before = settings[key];
  if (operation.op === "remove" && !before) throw unsetSetting(operation);
  if (rest.length === 0 && operation.op === "remove") {
    const { [key]: _, ...others } = settings;
    return others;
  }
  const [member, kind] = SETTINGS[rest.join("/")] ?? [];
  if (member === undefined || kind === undefined) throw invalidSetting(operation);
  const patch = { ...operation, path: `/${member}` };
  // AWS: what a method begins with is what the stage has for all methods at that time.
  return { ...settings, [key]: patched(before ?? settings["*/*"] ?? DEFAULTS, [patch], { [member]: kind }) };
};

export const unsetSetting = ({ path }: PatchOperation) =>
  badRequest(`Cannot remove method setting ${path?.slice(1)} because there is no method setting for this method `);

/** In AWS's own list two commas are missing, and so they are here. */
export const invalidSetting = ({ path }: PatchOperation) => {
  const own = ["deploymentId", "description", "cacheClusterEnabled", "cacheClusterSize", "clientCertificateId"];
  const logs = ["accessLogSettings", "accessLogSettings/destinationArn", "accessLogSettings/format"];
  const members = [...own, ...logs].map((member) => `/${member}`);
  const settings = [settingsBelow("/{resourcePath}/{httpMethod}", ""), settingsBelow("/*/*", " ")];
  const allowed = [...members, ...settings, "/variables/{variable_name}", "/tracingEnabled"];
  return badRequest(`Invalid method setting path: ${path}. Must be one of: [${allowed.join(", ")}]`);
};

const settingsBelow = (method: string, between: string): string => {
  const named = (name: string) => `${method}/${name}`;
  const limits = ["throttling/burstLimit", "throttling/rateLimit", "caching/ttlInSeconds"].map(named).join(between);
  const caching = ["enabled", "dataEncrypted", "requireAuthorizationForCacheControl"];
  return [
    ...["metrics/enabled", "logging/dataTrace", "logging/loglevel"].map(named),
    limits,
    ...[...caching, "unauthorizedCacheControlHeaderStrategy"].map((name) => named(`caching/${name}`)),
  ].join(", ");
};
