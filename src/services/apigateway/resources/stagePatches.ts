import type { CacheClusterSize, PatchOperation } from "@aws-sdk/client-api-gateway";
import { escaped, mapPatches, memberPatches } from "./patches.ts";

/** What a template says of a stage, its own or the one that comes with a deployment. */
export interface StageSettings {
  readonly Description?: string;
  readonly DocumentationVersion?: string;
  readonly CacheClusterEnabled?: boolean;
  readonly CacheClusterSize?: CacheClusterSize;
  readonly ClientCertificateId?: string;
  readonly TracingEnabled?: boolean;
  readonly Variables?: Record<string, string>;
  readonly AccessLogSetting?: { readonly DestinationArn?: string; readonly Format?: string };
  readonly CanarySetting?: CanarySetting;
  readonly MethodSettings?: readonly MethodSetting[];
}

export interface CanarySetting {
  readonly DeploymentId?: string;
  readonly PercentTraffic?: number;
  readonly StageVariableOverrides?: Record<string, string>;
  readonly UseStageCache?: boolean;
}

export interface MethodSetting {
  readonly HttpMethod?: string;
  readonly ResourcePath?: string;
  readonly MetricsEnabled?: boolean;
  readonly LoggingLevel?: string;
  readonly DataTraceEnabled?: boolean;
  readonly ThrottlingBurstLimit?: number;
  readonly ThrottlingRateLimit?: number;
  readonly CachingEnabled?: boolean;
  readonly CacheTtlInSeconds?: number;
  readonly CacheDataEncrypted?: boolean;
}

/** The patches that turn one stage's settings into another's. */
export const stagePatches = (before: StageSettings, after: StageSettings): PatchOperation[] => {
  const members = (of: StageSettings) => ({
    description: of.Description,
    documentationVersion: of.DocumentationVersion,
    cacheClusterEnabled: of.CacheClusterEnabled,
    cacheClusterSize: of.CacheClusterSize,
    tracingEnabled: of.TracingEnabled,
  });
  return [
    ...memberPatches(members(before), members(after)),
    ...mapPatches("/variables", before.Variables, after.Variables),
    ...canaryPatches(before.CanarySetting, after.CanarySetting),
    ...settingPatches(before, after),
  ];
};

export const canarySettings = (canary: CanarySetting) => ({
  deploymentId: canary.DeploymentId,
  percentTraffic: canary.PercentTraffic,
  stageVariableOverrides: canary.StageVariableOverrides,
  useStageCache: canary.UseStageCache,
});

const canaryPatches = (before: CanarySetting | undefined, after: CanarySetting | undefined): PatchOperation[] => {
  if (!after) return before ? [{ op: "remove", path: "/canarySettings" }] : [];
  const members = ({ DeploymentId, PercentTraffic, UseStageCache }: CanarySetting) => ({
    "canarySettings/deploymentId": DeploymentId,
    "canarySettings/percentTraffic": PercentTraffic,
    "canarySettings/useStageCache": UseStageCache,
  });
  return [
    ...memberPatches(members(before ?? {}), members(after)),
    ...mapPatches(
      "/canarySettings/stageVariableOverrides",
      before?.StageVariableOverrides,
      after.StageVariableOverrides,
    ),
  ];
};

/** What is said of all methods, beside a stage's own settings; none when nothing is. */
export const ofAllMethods = ({
  HttpMethod: _,
  ResourcePath: __,
  ...settings
}: MethodSetting): readonly MethodSetting[] =>
  Object.values(methodValues(settings)).some((value) => value !== undefined) ? [settings] : [];

const methodValues = (given: MethodSetting) => ({
  "metrics/enabled": given.MetricsEnabled,
  "logging/loglevel": given.LoggingLevel,
  "logging/dataTrace": given.DataTraceEnabled,
  "throttling/burstLimit": given.ThrottlingBurstLimit,
  "throttling/rateLimit": given.ThrottlingRateLimit,
  "caching/enabled": given.CachingEnabled,
  "caching/ttlInSeconds": given.CacheTtlInSeconds,
  "caching/dataEncrypted": given.CacheDataEncrypted,
});

/** What a stage has of settings that it cannot be made with. */
export const settingPatches = (before: StageSettings, after: StageSettings): PatchOperation[] => {
  const log = after.AccessLogSetting;
  const logPatches: PatchOperation[] = log
    ? [
        { op: "replace", path: "/accessLogSettings/destinationArn", value: log.DestinationArn ?? "" },
        { op: "replace", path: "/accessLogSettings/format", value: log.Format ?? "" },
      ]
    : before.AccessLogSetting
      ? [{ op: "remove", path: "/accessLogSettings" }]
      : [];
  const gone = (before.MethodSettings ?? []).map((one): PatchOperation => ({ op: "remove", path: methodPath(one) }));
  const given = (after.MethodSettings ?? []).flatMap((one) =>
    Object.entries(methodValues(one)).flatMap(([path, value]): PatchOperation[] =>
      value === undefined ? [] : [{ op: "replace", path: `${methodPath(one)}/${path}`, value: String(value) }],
    ),
  );
  const certificate = ({ ClientCertificateId }: StageSettings) => ({ clientCertificateId: ClientCertificateId });
  return [...memberPatches(certificate(before), certificate(after)), ...logPatches, ...gone, ...given];
};

const methodPath = ({ ResourcePath = "/*", HttpMethod = "*" }: MethodSetting): string =>
  `/${ResourcePath === "/*" || ResourcePath === "*" ? "*" : escaped(ResourcePath)}/${HttpMethod}`;
