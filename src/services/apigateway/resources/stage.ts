import type { CacheClusterSize, PatchOperation } from "@aws-sdk/client-api-gateway";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { escaped, mapPatches, memberPatches } from "./patches.ts";
import { readStage } from "./readStage.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html */
interface StageProperties {
  readonly RestApiId: string;
  readonly StageName?: string;
  readonly DeploymentId?: string;
  readonly Description?: string;
  readonly DocumentationVersion?: string;
  readonly CacheClusterEnabled?: boolean;
  readonly CacheClusterSize?: CacheClusterSize;
  readonly TracingEnabled?: boolean;
  readonly Variables?: Record<string, string>;
  readonly AccessLogSetting?: { readonly DestinationArn?: string; readonly Format?: string };
  readonly CanarySetting?: CanarySetting;
  readonly MethodSettings?: readonly MethodSetting[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface CanarySetting {
  readonly DeploymentId?: string;
  readonly PercentTraffic?: number;
  readonly StageVariableOverrides?: Record<string, string>;
  readonly UseStageCache?: boolean;
}

interface MethodSetting {
  readonly HttpMethod?: string;
  readonly ResourcePath?: string;
  readonly [setting: string]: string | number | boolean | undefined;
}

export const stageType = defineResourceType<StageProperties>({
  name: "AWS::ApiGateway::Stage",
  unbuilt: ["ClientCertificateId"],
  create: async (ctx, desired) => {
    const stageName = desired.StageName ?? "default";
    await ctx.call("apigateway", "CreateStage", {
      restApiId: desired.RestApiId,
      stageName,
      deploymentId: desired.DeploymentId,
      description: desired.Description,
      documentationVersion: desired.DocumentationVersion,
      cacheClusterEnabled: desired.CacheClusterEnabled,
      cacheClusterSize: desired.CacheClusterSize,
      tracingEnabled: desired.TracingEnabled,
      variables: desired.Variables,
      canarySettings: desired.CanarySetting && canarySettings(desired.CanarySetting),
      tags: tagsOf(ctx, desired),
    });
    ctx.made(stageName);
    await patch(ctx, stageName, desired, settingPatches({ RestApiId: desired.RestApiId }, desired));
    return { physicalId: stageName, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const members = (of: StageProperties) => ({
      deploymentId: of.DeploymentId,
      description: of.Description,
      documentationVersion: of.DocumentationVersion,
      cacheClusterEnabled: of.CacheClusterEnabled,
      cacheClusterSize: of.CacheClusterSize,
      tracingEnabled: of.TracingEnabled,
    });
    await patch(ctx, physicalId, desired, [
      ...memberPatches(members(properties), members(desired)),
      ...mapPatches("/variables", properties.Variables, desired.Variables),
      ...canaryPatches(properties.CanarySetting, desired.CanarySetting),
      ...settingPatches(properties, desired),
    ]);
    const resourceArn = `arn:${ctx.partition}:apigateway:${ctx.region}::/restapis/${desired.RestApiId}/stages/${physicalId}`;
    await ctx.call("apigateway", "TagResource", { resourceArn, tags: tagsOf(ctx, desired) });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    await orGone(ctx.call("apigateway", "DeleteStage", { restApiId: RestApiId, stageName: physicalId }));
  },
  read: readStage,
});

const patch = async (
  ctx: ResourceContext,
  stageName: string,
  { RestApiId }: StageProperties,
  patchOperations: PatchOperation[],
): Promise<void> => {
  if (patchOperations.length === 0) return;
  await ctx.call("apigateway", "UpdateStage", { restApiId: RestApiId, stageName, patchOperations });
};

const canarySettings = (canary: CanarySetting) => ({
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

const PATHS: Readonly<Record<string, string>> = {
  MetricsEnabled: "metrics/enabled",
  LoggingLevel: "logging/loglevel",
  DataTraceEnabled: "logging/dataTrace",
  ThrottlingBurstLimit: "throttling/burstLimit",
  ThrottlingRateLimit: "throttling/rateLimit",
  CachingEnabled: "caching/enabled",
  CacheTtlInSeconds: "caching/ttlInSeconds",
  CacheDataEncrypted: "caching/dataEncrypted",
};

/** What a stage has of settings for logs and methods. */
const settingPatches = (before: StageProperties, after: StageProperties): PatchOperation[] => {
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
    Object.entries(PATHS).flatMap(([name, path]): PatchOperation[] =>
      one[name] === undefined ? [] : [{ op: "replace", path: `${methodPath(one)}/${path}`, value: String(one[name]) }],
    ),
  );
  return [...logPatches, ...gone, ...given];
};

const methodPath = ({ ResourcePath = "/*", HttpMethod = "*" }: MethodSetting): string =>
  `/${ResourcePath === "/*" || ResourcePath === "*" ? "*" : escaped(ResourcePath)}/${HttpMethod}`;

const tagsOf = (ctx: ResourceContext, { Tags = [] }: StageProperties): Record<string, string> => ({
  ...ctx.tags,
  ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
});
