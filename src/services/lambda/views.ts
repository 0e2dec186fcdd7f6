import type { Context } from "../../kernel/context.ts";
import { environmentOf } from "./environmentOf.ts";
import { functionArn } from "./find.ts";
import type {
  AliasRecord,
  EventInvokeRecord,
  EventSourceRecord,
  FunctionRecord,
  UrlRecord,
  VersionRecord,
} from "./records.ts";
import { LATEST } from "./records.ts";
import type { Room } from "./room.ts";
import { updateOf } from "./updates.ts";
import { urlOrigin } from "./urls/address.ts";

/** A version as GetFunctionConfiguration shows it. */
export const configurationView = (
  room: Pick<Room, "cipher" | "clock">,
  ctx: Context,
  record: FunctionRecord,
  version: VersionRecord,
  qualifier: string | undefined,
) => {
  const update = updateOf(room, version);
  // AWS: a version that was published with an update is made while that is under way.
  if (update && version.version !== LATEST) return pendingView(room, ctx, record, version, qualifier);
  const view = settledView(room, ctx, record, version, qualifier);
  return update ? updatingView(view, update.revisionId) : view;
};

/** While its last update is said to be under way. */
const updatingView = <V>(view: V, RevisionId: string) => ({
  ...view,
  RevisionId,
  LastUpdateStatus: "InProgress" as const,
  LastUpdateStatusReason: "The function is being created.",
  LastUpdateStatusReasonCode: "Creating" as const,
});

const settledView = (
  { cipher }: Pick<Room, "cipher">,
  ctx: Context,
  { name }: FunctionRecord,
  version: VersionRecord,
  qualifier: string | undefined,
) => ({
  FunctionName: name,
  FunctionArn: functionArn(ctx, name, qualifier),
  Runtime: version.runtime,
  Role: version.role,
  Handler: version.handler,
  CodeSize: version.code.blob.size,
  Description: version.description,
  Timeout: version.timeoutSeconds,
  MemorySize: version.memoryMb,
  LastModified: lambdaTime(version.modifiedAt),
  CodeSha256: version.code.codeSha256,
  Version: version.version,
  ...(version.vpc ? { VpcConfig: vpcView(version.vpc) } : {}),
  ...(version.deadLetterArn ? { DeadLetterConfig: { TargetArn: version.deadLetterArn } } : {}),
  ...(version.sealedEnvironment ? { Environment: { Variables: environmentOf({ cipher }, version) } } : {}),
  ...(version.kmsKeyArn ? { KMSKeyArn: version.kmsKeyArn } : {}),
  TracingConfig: { Mode: version.tracingMode },
  RevisionId: version.revisionId,
  ...(version.layers.length > 0
    ? { Layers: version.layers.map(({ arn, codeSize }) => ({ Arn: arn, CodeSize: codeSize })) }
    : {}),
  State: "Active" as const,
  LastUpdateStatus: "Successful" as const,
  PackageType: "Zip" as const,
  Architectures: version.architectures,
  EphemeralStorage: { Size: version.ephemeralMb },
  SnapStart: {
    ApplyOn: version.snapStart ?? ("None" as const),
    OptimizationStatus: "Off" as const,
  },
  RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(ctx, version) },
  LoggingConfig: loggingView(version),
});

/** The same in a list, which does not tell states. */
export const listedView = (...shown: Parameters<typeof settledView>) => {
  const { State: _state, LastUpdateStatus: _status, RuntimeVersionConfig: _runtime, ...listed } = settledView(...shown);
  return listed;
};

/** The same in the answer that starts its making: AWS makes functions after it has answered. */
export const pendingView = (...shown: Parameters<typeof settledView>) => {
  const { LastUpdateStatus: _, ...rest } = settledView(...shown);
  return {
    ...rest,
    State: "Pending" as const,
    StateReason: "The function is being created.",
    StateReasonCode: "Creating" as const,
  };
};

export const aliasView = (ctx: Context, alias: AliasRecord) => ({
  AliasArn: functionArn(ctx, alias.functionName, alias.name),
  Name: alias.name,
  FunctionVersion: alias.version,
  Description: alias.description,
  ...(Object.keys(alias.weights).length > 0
    ? { RoutingConfig: { AdditionalVersionWeights: { ...alias.weights } } }
    : {}),
  RevisionId: alias.revisionId,
});

export const eventInvokeView = (ctx: Context, record: EventInvokeRecord) => ({
  LastModified: new Date(record.modifiedAt),
  FunctionArn: functionArn(ctx, record.functionName, record.qualifier || LATEST),
  ...(record.maxRetries === undefined ? {} : { MaximumRetryAttempts: record.maxRetries }),
  ...(record.maxAgeSeconds === undefined ? {} : { MaximumEventAgeInSeconds: record.maxAgeSeconds }),
  DestinationConfig: {
    OnSuccess: record.onSuccess ? { Destination: record.onSuccess } : {},
    OnFailure: record.onFailure ? { Destination: record.onFailure } : {},
  },
});

export const urlView = ({ endpoint }: Pick<Room, "endpoint">, ctx: Context, url: UrlRecord) => ({
  // Differs: AWS's own address would lead out of the machine.
  FunctionUrl: urlOrigin(endpoint(), url.urlId),
  FunctionArn: functionArn(ctx, url.functionName, url.qualifier || undefined),
  AuthType: url.authType,
  ...(url.cors ? { Cors: url.cors } : {}),
  CreationTime: lambdaTime(url.createdAt),
  LastModifiedTime: lambdaTime(url.modifiedAt),
  InvokeMode: url.invokeMode,
});

/** Lambda writes times as `2026-01-31T12:00:00.000+0000`. */
export const lambdaTime = (time: number): string => new Date(time).toISOString().replace("Z", "+0000");

const loggingView = ({ logging }: VersionRecord) => ({
  LogFormat: logging.format,
  LogGroup: logging.group,
  ...(logging.applicationLevel ? { ApplicationLogLevel: logging.applicationLevel } : {}),
  ...(logging.systemLevel ? { SystemLogLevel: logging.systemLevel } : {}),
});

const vpcView = ({ subnetIds, securityGroupIds }: NonNullable<VersionRecord["vpc"]>) => ({
  SubnetIds: [...subnetIds],
  SecurityGroupIds: [...securityGroupIds],
  VpcId: "",
  Ipv6AllowedForDualStack: false,
});

export const runtimeVersionArn = ({ partition, region }: Context, { runtime }: VersionRecord): string =>
  `arn:${partition}:lambda:${region}::runtime:${Buffer.from(runtime).toString("hex").padEnd(64, "0")}`;

const eventSourceArn = (ctx: Context, uuid: string): string =>
  `arn:${ctx.partition}:lambda:${ctx.region}:${ctx.account}:event-source-mapping:${uuid}`;

/** A mapping; `state` is that of an answer which starts a change, as AWS changes mappings after it has answered. */
export const eventSourceView = (ctx: Context, mapping: EventSourceRecord, state?: string) => ({
  UUID: mapping.uuid,
  EventSourceMappingArn: eventSourceArn(ctx, mapping.uuid),
  EventSourceArn: mapping.sourceArn,
  FunctionArn: functionArn(ctx, mapping.functionName, mapping.qualifier || undefined),
  BatchSize: mapping.batchSize,
  MaximumBatchingWindowInSeconds: mapping.windowSeconds,
  LastModified: new Date(mapping.modifiedAt),
  State: state ?? (mapping.enabled ? "Enabled" : "Disabled"),
  StateTransitionReason: mapping.kind === "sqs" ? "USER_INITIATED" : "User action",
  FunctionResponseTypes: mapping.reportsItemFailures ? ["ReportBatchItemFailures" as const] : [],
  ...(mapping.filters ? { FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } } : {}),
  ...(mapping.maxConcurrency === undefined ? {} : { ScalingConfig: { MaximumConcurrency: mapping.maxConcurrency } }),
  ...(mapping.kmsKeyArn ? { KMSKeyArn: mapping.kmsKeyArn } : {}),
  ...(mapping.metrics ? { MetricsConfig: { Metrics: [...mapping.metrics] } } : {}),
  ...(mapping.kind === "sqs" ? {} : streamSettingsView(mapping)),
});

const streamSettingsView = (mapping: EventSourceRecord) => ({
  StartingPosition: mapping.startingPosition,
  ParallelizationFactor: mapping.parallelization,
  BisectBatchOnFunctionError: mapping.bisects,
  MaximumRetryAttempts: mapping.maxRetries,
  MaximumRecordAgeInSeconds: mapping.maxAgeSeconds,
  TumblingWindowInSeconds: mapping.tumblingSeconds,
  DestinationConfig: { OnFailure: mapping.onFailure ? { Destination: mapping.onFailure } : {} },
  LastProcessingResult: mapping.lastResult ?? "No records processed",
});
