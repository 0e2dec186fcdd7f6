import type { Architecture, Runtime, TracingMode } from "@aws-sdk/client-lambda";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { inlinePackage } from "./inlineCode.ts";
import { type RecursiveLoop, type RuntimePolicy, setManagement } from "./management.ts";
import { readFunction } from "./readFunction.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
interface FunctionProperties {
  readonly FunctionName?: string;
  readonly Code: Code;
  readonly Role: string;
  readonly Runtime?: Runtime;
  readonly Handler?: string;
  readonly Description?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly PackageType?: "Zip" | "Image";
  readonly Architectures?: Architecture[];
  readonly Environment?: { readonly Variables?: Record<string, string> };
  readonly Layers?: string[];
  readonly KmsKeyArn?: string;
  readonly TracingConfig?: { readonly Mode?: TracingMode };
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  readonly EphemeralStorage?: { readonly Size: number };
  readonly VpcConfig?: { readonly SubnetIds?: string[]; readonly SecurityGroupIds?: string[] };
  readonly SnapStart?: { readonly ApplyOn: "PublishedVersions" | "None" };
  readonly LoggingConfig?: {
    readonly LogFormat?: "Text" | "JSON";
    readonly LogGroup?: string;
    readonly ApplicationLogLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
    readonly SystemLogLevel?: "DEBUG" | "INFO" | "WARN";
  };
  readonly CodeSigningConfigArn?: string;
  readonly ReservedConcurrentExecutions?: number;
  readonly RecursiveLoop?: RecursiveLoop;
  readonly RuntimeManagementConfig?: RuntimePolicy;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface Code {
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly S3ObjectStorageMode?: "COPY" | "REFERENCE";
  readonly SourceKMSKeyArn?: string;
}

const MAX_NAME_LENGTH = 64;

export const functionType = defineResourceType<FunctionProperties>({
  name: "AWS::Lambda::Function",
  unbuilt: [
    "CapacityProviderConfig",
    "Code.ImageUri",
    "DurableConfig",
    "FileSystemConfigs",
    "FunctionScalingConfig",
    "ImageConfig",
    "PublishToLatestPublished",
    "TenancyConfig",
  ],
  create: async (ctx, desired) => {
    const FunctionName = desired.FunctionName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    const { FunctionArn = "" } = await ctx.call("lambda", "CreateFunction", {
      ...configuration(desired),
      FunctionName,
      Role: desired.Role,
      PackageType: desired.PackageType,
      Architectures: desired.Architectures,
      Code: await codeOf(desired),
      CodeSigningConfigArn: desired.CodeSigningConfigArn,
      Tags: tagsOf(ctx, desired.Tags),
    });
    ctx.made(FunctionName);
    await reserve(ctx, FunctionName, desired.ReservedConcurrentExecutions, undefined);
    await setManagement(ctx, FunctionName, {}, desired);
    return { physicalId: FunctionName, attributes: { Arn: FunctionArn } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const differs = (...keys: (keyof FunctionProperties)[]) =>
      keys.some((key) => JSON.stringify(properties[key]) !== JSON.stringify(desired[key]));
    // The configuration first: new code may need its new variables, and old code does not mind them.
    if (differs(...CONFIGURATION_KEYS)) {
      await ctx.call("lambda", "UpdateFunctionConfiguration", {
        ...resetting(configuration(desired), physicalId),
        FunctionName: physicalId,
      });
    }
    if (differs("Code", "Architectures")) {
      await ctx.call("lambda", "UpdateFunctionCode", {
        ...(await codeOf(desired)),
        FunctionName: physicalId,
        Architectures: desired.Architectures,
      });
    }
    await reserve(ctx, physicalId, desired.ReservedConcurrentExecutions, properties.ReservedConcurrentExecutions);
    await setManagement(ctx, physicalId, properties, desired);
    await sign(ctx, physicalId, desired.CodeSigningConfigArn, properties.CodeSigningConfigArn);
    await retag(ctx, String(attributes["Arn"]), tagsOf(ctx, properties.Tags), tagsOf(ctx, desired.Tags));
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("lambda", "DeleteFunction", { FunctionName: physicalId }));
  },
  read: readFunction,
});

const CONFIGURATION_KEYS = [
  "Role",
  "Runtime",
  "Handler",
  "Description",
  "Timeout",
  "MemorySize",
  "Environment",
  "Layers",
  "KmsKeyArn",
  "TracingConfig",
  "DeadLetterConfig",
  "EphemeralStorage",
  "VpcConfig",
  "SnapStart",
  "LoggingConfig",
] as const;

const configuration = (desired: FunctionProperties) => ({
  Role: desired.Role,
  Runtime: desired.Runtime,
  Handler: desired.Handler,
  Description: desired.Description,
  Timeout: desired.Timeout,
  MemorySize: desired.MemorySize,
  Environment: desired.Environment && { Variables: textValues(desired.Environment.Variables) },
  Layers: desired.Layers,
  KMSKeyArn: desired.KmsKeyArn,
  TracingConfig: desired.TracingConfig,
  DeadLetterConfig: desired.DeadLetterConfig,
  EphemeralStorage: desired.EphemeralStorage,
  VpcConfig: desired.VpcConfig,
  SnapStart: desired.SnapStart,
  LoggingConfig: desired.LoggingConfig,
});

/** A property that has left the template goes back to its default. */
const resetting = (desired: ReturnType<typeof configuration>, name: string) => ({
  ...desired,
  Description: desired.Description ?? "",
  Timeout: desired.Timeout ?? 3,
  MemorySize: desired.MemorySize ?? 128,
  Environment: desired.Environment ?? { Variables: {} },
  Layers: desired.Layers ?? [],
  TracingConfig: desired.TracingConfig ?? { Mode: "PassThrough" as const },
  DeadLetterConfig: desired.DeadLetterConfig ?? { TargetArn: "" },
  KMSKeyArn: desired.KMSKeyArn ?? "",
  EphemeralStorage: desired.EphemeralStorage ?? { Size: 512 },
  LoggingConfig: desired.LoggingConfig ?? { LogFormat: "Text" as const, LogGroup: `/aws/lambda/${name}` },
  SnapStart: desired.SnapStart ?? { ApplyOn: "None" as const },
  VpcConfig: desired.VpcConfig ?? { SubnetIds: [], SecurityGroupIds: [] },
});

/** Templates write numbers and truth values where variables are text. */
const textValues = (variables: Record<string, unknown> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));

const codeOf = async ({ Code: { ZipFile, ...code }, Runtime = "nodejs22.x" }: FunctionProperties) =>
  ZipFile === undefined ? code : { ...code, ZipFile: await inlinePackage(ZipFile, Runtime) };

const reserve = async (
  ctx: ResourceContext,
  FunctionName: string,
  wanted: number | undefined,
  had: number | undefined,
) => {
  if (wanted === had) return;
  if (wanted === undefined) await ctx.call("lambda", "DeleteFunctionConcurrency", { FunctionName });
  else await ctx.call("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: wanted });
};

const sign = async (
  ctx: ResourceContext,
  FunctionName: string,
  wanted: string | undefined,
  had: string | undefined,
) => {
  if (wanted === had) return;
  if (wanted === undefined) await ctx.call("lambda", "DeleteFunctionCodeSigningConfig", { FunctionName });
  else await ctx.call("lambda", "PutFunctionCodeSigningConfig", { FunctionName, CodeSigningConfigArn: wanted });
};
