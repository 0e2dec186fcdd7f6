import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Context } from "../../kernel/context.ts";
import { invalidValue } from "./errors.ts";
import { layerUses } from "./layerUses.ts";
import { DEFAULT_EPHEMERAL_MB, DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS, MAX_ENVIRONMENT_BYTES } from "./limits.ts";
import type { CodeRecord, LoggingRecord, VersionRecord } from "./records.ts";
import { LATEST } from "./records.ts";
import type { Room } from "./room.ts";
import { checkSnapStart } from "./snapStart.ts";

/** The configuration members that CreateFunction and UpdateFunctionConfiguration share. */
export type ConfigurationInput = {
  readonly [K in "Runtime" | "Role" | "Handler" | "Description" | "Timeout" | "MemorySize" | "KMSKeyArn"]?:
    | FunctionConfiguration[K]
    | undefined;
} & {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> | undefined } | undefined;
  readonly Layers?: readonly string[] | undefined;
  readonly TracingConfig?: { readonly Mode?: VersionRecord["tracingMode"] | undefined } | undefined;
  readonly DeadLetterConfig?: { readonly TargetArn?: string | undefined } | undefined;
  readonly EphemeralStorage?: { readonly Size: number } | undefined;
  readonly VpcConfig?:
    | { readonly SubnetIds?: readonly string[] | undefined; readonly SecurityGroupIds?: readonly string[] | undefined }
    | undefined;
  readonly SnapStart?: { readonly ApplyOn?: VersionRecord["snapStart"] | undefined } | undefined;
  readonly LoggingConfig?:
    | {
        readonly LogFormat?: LoggingRecord["format"] | undefined;
        readonly LogGroup?: string | undefined;
        readonly ApplicationLogLevel?: LoggingRecord["applicationLevel"] | undefined;
        readonly SystemLogLevel?: LoggingRecord["systemLevel"] | undefined;
      }
    | undefined;
};

type Means = Pick<Room, "cipher" | "clock" | "ids" | "layers" | "keptLayers" | "account">;

/** The first `$LATEST` of a function. */
export const newVersion = (
  room: Means,
  ctx: Context,
  name: string,
  code: CodeRecord,
  input: ConfigurationInput,
): VersionRecord => {
  const { Runtime: runtime, Handler: handler, Role: role } = input;
  if (runtime === undefined || handler === undefined) {
    throw invalidValue("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
  }
  const blank: VersionRecord = {
    version: LATEST,
    code,
    description: "",
    runtime,
    handler,
    role: role ?? "",
    timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
    memoryMb: DEFAULT_MEMORY_MB,
    ephemeralMb: DEFAULT_EPHEMERAL_MB,
    layers: [],
    architectures: ["x86_64"],
    tracingMode: "PassThrough",
    logging: { format: "Text", group: `/aws/lambda/${name}` },
    modifiedAt: 0,
    revisionId: "",
  };
  return configured(room, ctx, blank, input);
};

/** A version with what an input names in place of what it had. */
export const configured = (
  room: Means,
  ctx: Context,
  version: VersionRecord,
  input: ConfigurationInput,
): VersionRecord => {
  const changed: VersionRecord = {
    ...version,
    description: input.Description ?? version.description,
    runtime: input.Runtime ?? version.runtime,
    handler: input.Handler ?? version.handler,
    role: input.Role ?? version.role,
    timeoutSeconds: input.Timeout ?? version.timeoutSeconds,
    memoryMb: input.MemorySize ?? version.memoryMb,
    ephemeralMb: input.EphemeralStorage?.Size ?? version.ephemeralMb,
    layers: input.Layers ? layerUses(room, ctx, input.Layers) : version.layers,
    tracingMode: input.TracingConfig?.Mode ?? version.tracingMode,
    logging: input.LoggingConfig ? loggingOf(version.logging, input.LoggingConfig) : version.logging,
    ...(input.Environment ? { sealedEnvironment: sealed(room, input.Environment.Variables ?? {}) } : {}),
    // AWS: only an empty target takes it away; one that is left out changes nothing.
    ...(input.DeadLetterConfig?.TargetArn === undefined ? {} : { deadLetterArn: input.DeadLetterConfig.TargetArn }),
    ...(input.KMSKeyArn === undefined ? {} : { kmsKeyArn: input.KMSKeyArn }),
    ...(input.SnapStart?.ApplyOn === undefined ? {} : { snapStart: input.SnapStart.ApplyOn }),
    ...(input.VpcConfig ? { vpc: vpcOf(input.VpcConfig) } : {}),
  };
  checkSnapStart(changed);
  return touched(room, changed);
};

/** A version as changed now: a new revision. */
export const touched = (
  { clock, ids }: Pick<Room, "clock" | "ids">,
  { runningRevisionId: _, update: __, ...version }: VersionRecord,
): VersionRecord => ({
  ...version,
  modifiedAt: clock.now(),
  revisionId: ids.uuid(),
});

const sealed = ({ cipher }: Pick<Room, "cipher">, variables: Readonly<Record<string, string>>): string => {
  const reserved = Object.keys(variables).filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0) {
    throw invalidValue(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`,
    );
  }
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) > MAX_ENVIRONMENT_BYTES) {
    throw invalidValue(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${text}`,
    );
  }
  return cipher.seal(text);
};

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED_VARIABLES = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);

const loggingOf = (before: LoggingRecord, input: NonNullable<ConfigurationInput["LoggingConfig"]>): LoggingRecord => {
  const format = input.LogFormat ?? before.format;
  if (format === "Text" && (input.ApplicationLogLevel ?? input.SystemLogLevel)) {
    throw invalidValue(
      "Log Level is not supported when LogFormat is set to Text. Remove LogLevel from your request or change the LogFormat to JSON and try again.",
    );
  }
  const levels = format === "JSON" ? { applicationLevel: "INFO" as const, systemLevel: "INFO" as const } : {};
  return {
    ...levels,
    format,
    group: input.LogGroup ?? before.group,
    ...(input.ApplicationLogLevel ? { applicationLevel: input.ApplicationLogLevel } : {}),
    ...(input.SystemLogLevel ? { systemLevel: input.SystemLogLevel } : {}),
  };
};

const vpcOf = ({ SubnetIds = [], SecurityGroupIds = [] }: NonNullable<ConfigurationInput["VpcConfig"]>) => ({
  subnetIds: [...SubnetIds],
  securityGroupIds: [...SecurityGroupIds],
});
