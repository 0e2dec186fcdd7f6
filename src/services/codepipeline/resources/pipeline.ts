import type * as sdk from "@aws-sdk/client-codepipeline";
import type { CallInputOf } from "../../../kernel/aws.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { readPipeline } from "./readPipeline.ts";

type Declared = NonNullable<CallInputOf<typeof sdk, "CreatePipeline">["pipeline"]>;
type Stage = NonNullable<Declared["stages"]>[number];
type Action = NonNullable<Stage["actions"]>[number];

interface Named {
  readonly Name: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html */
interface PipelineProperties {
  readonly Name?: string;
  readonly RoleArn: string;
  readonly ArtifactStore?: StoreProperties;
  readonly ArtifactStores?: readonly { readonly Region: string; readonly ArtifactStore: StoreProperties }[];
  readonly Stages: readonly (Named & { readonly Actions: readonly ActionProperties[] } & Conditions)[];
  readonly DisableInboundStageTransitions?: readonly { readonly Reason: string; readonly StageName: string }[];
  readonly RestartExecutionOnUpdate?: boolean;
  readonly ExecutionMode?: NonNullable<Declared["executionMode"]>;
  readonly PipelineType?: NonNullable<Declared["pipelineType"]>;
  readonly Variables?: readonly (Named & { readonly DefaultValue?: string; readonly Description?: string })[];
  readonly Triggers?: readonly TriggerProperties[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface StoreProperties {
  readonly Type: "S3";
  readonly Location: string;
  readonly EncryptionKey?: { readonly Id: string; readonly Type: "KMS" };
}

interface Conditions {
  readonly BeforeEntry?: { readonly Conditions?: readonly ConditionProperties[] };
  readonly OnSuccess?: { readonly Conditions?: readonly ConditionProperties[] };
  readonly OnFailure?: {
    readonly Result?: Result;
    readonly RetryConfiguration?: { readonly RetryMode: "ALL_ACTIONS" | "FAILED_ACTIONS" };
    readonly Conditions?: readonly ConditionProperties[];
  };
}

type Result = "FAIL" | "RETRY" | "ROLLBACK" | "SKIP";

interface ConditionProperties {
  readonly Result?: Result;
  readonly Rules?: readonly RuleProperties[];
}

interface RuleProperties extends Named {
  readonly RuleTypeId: { readonly Provider: string; readonly Version?: string };
  readonly Configuration?: JsonObject;
  readonly Commands?: readonly string[];
  readonly InputArtifacts?: readonly Named[];
  readonly Region?: string;
  readonly RoleArn?: string;
}

interface ActionProperties extends Named {
  readonly ActionTypeId: {
    readonly Category: NonNullable<NonNullable<Action["actionTypeId"]>["category"]>;
    readonly Owner: NonNullable<NonNullable<Action["actionTypeId"]>["owner"]>;
    readonly Provider: string;
    readonly Version: string;
  };
  readonly Configuration?: JsonObject;
  readonly InputArtifacts?: readonly Named[];
  readonly OutputArtifacts?: readonly (Named & { readonly Files?: readonly string[] })[];
  readonly RunOrder?: number;
  readonly RoleArn?: string;
  readonly Region?: string;
  readonly Namespace?: string;
  readonly TimeoutInMinutes?: number;
  readonly Commands?: readonly string[];
  readonly OutputVariables?: readonly string[];
  readonly EnvironmentVariables?: readonly (Named & {
    readonly Value: string;
    readonly Type?: "PLAINTEXT" | "SECRETS_MANAGER";
  })[];
}

interface Globs {
  readonly Includes?: readonly string[];
  readonly Excludes?: readonly string[];
}

interface TriggerProperties {
  readonly ProviderType: "CodeStarSourceConnection";
  readonly GitConfiguration?: {
    readonly SourceActionName: string;
    readonly Push?: readonly { readonly Branches?: Globs; readonly Tags?: Globs; readonly FilePaths?: Globs }[];
    readonly PullRequest?: readonly {
      readonly Events?: readonly ("OPEN" | "UPDATED" | "CLOSED")[];
      readonly Branches?: Globs;
      readonly FilePaths?: Globs;
    }[];
  };
}

export const pipelineType = defineResourceType<PipelineProperties>({
  name: "AWS::CodePipeline::Pipeline",
  withoutEffect: {
    "Stages.Blockers": "AWS has kept it for later",
    ...Object.fromEntries(
      ["BeforeEntry", "OnFailure", "OnSuccess"].flatMap((moment) =>
        ["Category", "Owner"].map((part) => [
          `Stages.${moment}.Conditions.Rules.RuleTypeId.${part}`,
          "all rules are of AWS's one category",
        ]),
      ),
    ),
  },
  create: async (ctx, desired) => {
    const name = desired.Name ?? ctx.physicalName({ maxLength: 100 });
    const { pipeline } = await ctx.call("codepipeline", "CreatePipeline", {
      pipeline: declarationOf(name, desired),
      tags: tagsOf(ctx, desired),
    });
    ctx.made(name);
    await setTransitions(ctx, name, [], desired);
    return stateOf(name, pipeline?.version);
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    const { pipeline } = await ctx.call("codepipeline", "UpdatePipeline", {
      pipeline: declarationOf(physicalId, desired),
    });
    await setTransitions(ctx, physicalId, properties.DisableInboundStageTransitions ?? [], desired);
    await setTags(ctx, physicalId, properties, desired);
    if (desired.RestartExecutionOnUpdate)
      await ctx.call("codepipeline", "StartPipelineExecution", { name: physicalId });
    return stateOf(physicalId, pipeline?.version);
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("codepipeline", "DeletePipeline", { name: physicalId });
  },
  read: readPipeline,
});

const stateOf = (name: string, version: number | undefined): ResourceState => ({
  physicalId: name,
  attributes: { Version: String(version ?? 1) },
});

const declarationOf = (name: string, desired: PipelineProperties): Declared => {
  const { ArtifactStore, ArtifactStores, ExecutionMode, PipelineType, Variables, Triggers } = desired;
  return {
    name,
    roleArn: desired.RoleArn,
    ...(ArtifactStore ? { artifactStore: storeOf(ArtifactStore) } : {}),
    ...(ArtifactStores
      ? {
          artifactStores: Object.fromEntries(
            ArtifactStores.map((each) => [each.Region, storeOf(each.ArtifactStore)] as const),
          ),
        }
      : {}),
    stages: desired.Stages.map(stageOf),
    ...(ExecutionMode ? { executionMode: ExecutionMode } : {}),
    ...(PipelineType ? { pipelineType: PipelineType } : {}),
    ...(Variables
      ? {
          variables: Variables.map((variable) => ({
            name: variable.Name,
            ...(variable.DefaultValue === undefined ? {} : { defaultValue: variable.DefaultValue }),
            ...(variable.Description === undefined ? {} : { description: variable.Description }),
          })),
        }
      : {}),
    ...(Triggers ? { triggers: Triggers.map(triggerOf) } : {}),
  };
};

const storeOf = ({ Type, Location, EncryptionKey }: StoreProperties) => ({
  type: Type,
  location: Location,
  ...(EncryptionKey ? { encryptionKey: { id: EncryptionKey.Id, type: EncryptionKey.Type } } : {}),
});

const stageOf = ({
  Name,
  Actions,
  BeforeEntry,
  OnSuccess,
  OnFailure,
}: PipelineProperties["Stages"][number]): Stage => ({
  name: Name,
  actions: Actions.map(actionOf),
  ...(BeforeEntry ? { beforeEntry: { conditions: (BeforeEntry.Conditions ?? []).map(conditionOf) } } : {}),
  ...(OnSuccess ? { onSuccess: { conditions: (OnSuccess.Conditions ?? []).map(conditionOf) } } : {}),
  ...(OnFailure
    ? {
        onFailure: {
          ...(OnFailure.Result ? { result: OnFailure.Result } : {}),
          ...(OnFailure.RetryConfiguration
            ? { retryConfiguration: { retryMode: OnFailure.RetryConfiguration.RetryMode } }
            : {}),
          ...(OnFailure.Conditions ? { conditions: OnFailure.Conditions.map(conditionOf) } : {}),
        },
      }
    : {}),
});

const conditionOf = ({ Result, Rules = [] }: ConditionProperties) => ({
  ...(Result ? { result: Result } : {}),
  rules: Rules.map(ruleOf),
});

const ruleOf = (rule: RuleProperties) => ({
  name: rule.Name,
  ruleTypeId: {
    category: "Rule" as const,
    owner: "AWS" as const,
    provider: rule.RuleTypeId.Provider,
    version: rule.RuleTypeId.Version ?? "1",
  },
  configuration: textsOf(rule.Configuration),
  inputArtifacts: (rule.InputArtifacts ?? []).map(({ Name }) => ({ name: Name })),
  ...(rule.Commands ? { commands: [...rule.Commands] } : {}),
  ...(rule.Region === undefined ? {} : { region: rule.Region }),
  ...(rule.RoleArn === undefined ? {} : { roleArn: rule.RoleArn }),
});

const actionOf = (action: ActionProperties): Action => ({
  name: action.Name,
  actionTypeId: {
    category: action.ActionTypeId.Category,
    owner: action.ActionTypeId.Owner,
    provider: action.ActionTypeId.Provider,
    version: action.ActionTypeId.Version,
  },
  configuration: textsOf(action.Configuration),
  inputArtifacts: (action.InputArtifacts ?? []).map(({ Name }) => ({ name: Name })),
  outputArtifacts: (action.OutputArtifacts ?? []).map(({ Name, Files }) => ({
    name: Name,
    ...(Files ? { files: [...Files] } : {}),
  })),
  ...(action.RunOrder === undefined ? {} : { runOrder: action.RunOrder }),
  ...(action.RoleArn === undefined ? {} : { roleArn: action.RoleArn }),
  ...(action.Region === undefined ? {} : { region: action.Region }),
  ...(action.Namespace === undefined ? {} : { namespace: action.Namespace }),
  ...(action.TimeoutInMinutes === undefined ? {} : { timeoutInMinutes: action.TimeoutInMinutes }),
  ...(action.Commands ? { commands: [...action.Commands] } : {}),
  ...(action.OutputVariables ? { outputVariables: [...action.OutputVariables] } : {}),
  ...(action.EnvironmentVariables
    ? {
        environmentVariables: action.EnvironmentVariables.map(({ Name, Value, Type }) => ({
          name: Name,
          value: Value,
          ...(Type ? { type: Type } : {}),
        })),
      }
    : {}),
});

const textsOf = (configuration: JsonObject = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(configuration).map(([name, value]) => [name, textOf(value)]));

/** Templates may give a configuration's value as a number, a flag or a structure. */
const textOf = (value: JsonValue): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

const triggerOf = ({
  ProviderType,
  GitConfiguration,
}: TriggerProperties): NonNullable<Declared["triggers"]>[number] => {
  return {
    providerType: ProviderType,
    gitConfiguration: GitConfiguration && {
      sourceActionName: GitConfiguration.SourceActionName,
      ...(GitConfiguration.Push
        ? {
            push: GitConfiguration.Push.map(({ Branches, Tags, FilePaths }) => ({
              ...(Branches ? { branches: globsOf(Branches) } : {}),
              ...(Tags ? { tags: globsOf(Tags) } : {}),
              ...(FilePaths ? { filePaths: globsOf(FilePaths) } : {}),
            })),
          }
        : {}),
      ...(GitConfiguration.PullRequest
        ? {
            pullRequest: GitConfiguration.PullRequest.map(({ Events, Branches, FilePaths }) => ({
              ...(Events ? { events: [...Events] } : {}),
              ...(Branches ? { branches: globsOf(Branches) } : {}),
              ...(FilePaths ? { filePaths: globsOf(FilePaths) } : {}),
            })),
          }
        : {}),
    },
  };
};

const globsOf = ({ Includes, Excludes }: Globs) => ({
  ...(Includes ? { includes: [...Includes] } : {}),
  ...(Excludes ? { excludes: [...Excludes] } : {}),
});

const setTransitions = async (
  ctx: ResourceContext,
  pipelineName: string,
  before: readonly { readonly StageName: string }[],
  { DisableInboundStageTransitions: disabled = [] }: PipelineProperties,
): Promise<void> => {
  const transitionType = "Inbound";
  for (const { StageName, Reason } of disabled) {
    const input = { pipelineName, stageName: StageName, transitionType, reason: Reason } as const;
    await ctx.call("codepipeline", "DisableStageTransition", input);
  }
  for (const { StageName: stageName } of before) {
    if (disabled.some(({ StageName }) => StageName === stageName)) continue;
    await ctx.call("codepipeline", "EnableStageTransition", { pipelineName, stageName, transitionType });
  }
};

const setTags = async (
  ctx: ResourceContext,
  name: string,
  before: PipelineProperties,
  desired: PipelineProperties,
): Promise<void> => {
  const resourceArn = `arn:${ctx.partition}:codepipeline:${ctx.region}:${ctx.account}:${name}`;
  const tags = tagsOf(ctx, desired);
  const tagKeys = (before.Tags ?? []).map(({ Key }) => Key).filter((key) => !tags.some((tag) => tag.key === key));
  if (tagKeys.length > 0) await ctx.call("codepipeline", "UntagResource", { resourceArn, tagKeys });
  if (JSON.stringify(before.Tags) !== JSON.stringify(desired.Tags) && tags.length > 0)
    await ctx.call("codepipeline", "TagResource", { resourceArn, tags });
};

const tagsOf = (ctx: ResourceContext, { Tags = [] }: PipelineProperties) => {
  const own = new Map(Object.entries(ctx.tags).concat(Tags.map(({ Key, Value }) => [Key, Value])));
  return [...own].map(([key, value]) => ({ key, value }));
};
