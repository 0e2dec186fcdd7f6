import { textOf } from "../../../kernel/body.ts";
import { AwsError } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { INITIAL_REVISION } from "../records.ts";
import { type EncryptionProperties, encryptionOf } from "./encryption.ts";
import { readStateMachine } from "./readStateMachine.ts";
import { changeTags, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html */
interface StateMachineProperties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: "STANDARD" | "EXPRESS";
  readonly RoleArn: string;
  readonly Definition?: JsonObject;
  readonly DefinitionString?: string;
  readonly DefinitionS3Location?: { readonly Bucket: string; readonly Key: string; readonly Version?: string };
  readonly DefinitionSubstitutions?: Readonly<Record<string, string | number | boolean>>;
  readonly LoggingConfiguration?: {
    readonly Level?: "ALL" | "ERROR" | "FATAL" | "OFF";
    readonly IncludeExecutionData?: boolean;
    readonly Destinations?: readonly { readonly CloudWatchLogsLogGroup?: { readonly LogGroupArn?: string } }[];
  };
  readonly TracingConfiguration?: { readonly Enabled?: boolean };
  readonly EncryptionConfiguration?: EncryptionProperties;
  readonly Tags?: TagList;
}

const MAX_NAME_LENGTH = 80;

export const stateMachineType = defineResourceType<StateMachineProperties>({
  name: "AWS::StepFunctions::StateMachine",
  read: readStateMachine,
  create: async (ctx, desired) => {
    // AWS: generated names of state machines do not begin with the stack's.
    const name = desired.StateMachineName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH, prefix: "" });
    const { stateMachineArn = "" } = await ctx.call("states", "CreateStateMachine", {
      name,
      ...(await settingsOf(ctx, desired)),
      ...(desired.StateMachineType === undefined ? {} : { type: desired.StateMachineType }),
      tags: tagsOf(ctx, desired.Tags),
    });
    return stateOf(ctx, stateMachineArn);
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    await ctx.call("states", "UpdateStateMachine", {
      stateMachineArn: physicalId,
      loggingConfiguration: { level: "OFF" },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
      ...(await settingsOf(ctx, desired)),
    });
    await changeTags(ctx, physicalId, properties.Tags, desired.Tags);
    return stateOf(ctx, physicalId);
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("states", "DeleteStateMachine", { stateMachineArn: physicalId });
  },
});

const stateOf = async (ctx: ResourceContext, stateMachineArn: string) => {
  const { name = "", revisionId = INITIAL_REVISION } = await ctx.call("states", "DescribeStateMachine", {
    stateMachineArn,
  });
  return {
    physicalId: stateMachineArn,
    attributes: { Arn: stateMachineArn, Name: name, StateMachineRevisionId: revisionId },
  };
};

const settingsOf = async (ctx: ResourceContext, desired: StateMachineProperties) => {
  const { LoggingConfiguration: logging, TracingConfiguration: tracing, EncryptionConfiguration: encryption } = desired;
  return {
    definition: substituted(await definitionOf(ctx, desired), desired.DefinitionSubstitutions),
    roleArn: desired.RoleArn,
    ...(logging === undefined
      ? {}
      : {
          loggingConfiguration: {
            level: logging.Level ?? ("OFF" as const),
            includeExecutionData: logging.IncludeExecutionData ?? false,
            destinations: (logging.Destinations ?? []).map(({ CloudWatchLogsLogGroup: group }) => ({
              cloudWatchLogsLogGroup: { logGroupArn: group?.LogGroupArn },
            })),
          },
        }),
    ...(encryption === undefined ? {} : { encryptionConfiguration: encryptionOf(encryption) }),
    ...(tracing === undefined ? {} : { tracingConfiguration: { enabled: tracing.Enabled ?? false } }),
  };
};

const definitionOf = async (ctx: ResourceContext, desired: StateMachineProperties): Promise<string> => {
  const { Definition, DefinitionString, DefinitionS3Location } = desired;
  const given = [Definition, DefinitionString, DefinitionS3Location].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw new AwsError(
      "InvalidRequest",
      "Exactly one of Definition, DefinitionString and DefinitionS3Location must be specified.",
    );
  if (DefinitionString !== undefined) return DefinitionString;
  if (!DefinitionS3Location) return JSON.stringify(Definition);
  const { Bucket, Key, Version } = DefinitionS3Location;
  const { Body } = await ctx.call("s3", "GetObject", { Bucket, Key, VersionId: Version });
  const text = await textOf(Body);
  // AWS: a definition in S3 may be written in YAML.
  return text.trimStart().startsWith("{") ? text : (await import("./yamlDefinition.ts")).jsonOf(text);
};

/** Puts values in the places of `${name}`; names without a value stay as they are. */
const substituted = (text: string, values: StateMachineProperties["DefinitionSubstitutions"] = {}): string =>
  text.replace(/\$\{([a-zA-Z0-9_]+)\}/g, (all, name: string) =>
    Object.hasOwn(values, name) ? JSON.stringify(String(values[name])).slice(1, -1) : all,
  );
