import type { ActionSpec, ConditionSpec, PipelineSpec, StageSpec } from "../../engines/pipeline/model.ts";
import type { Cipher } from "../../kernel/service.ts";
import type { Declaration, PipelineRecord } from "./records.ts";

type Stage = Declaration["stages"][number];
type Action = Stage["actions"][number];
type Condition = NonNullable<Stage["onSuccess"]>["conditions"][number];
export type Rule = NonNullable<Condition["rules"]>[number];

/** What AWS shows in place of a secret. */
export const MASK = "****";

/** Whether a member of an action's configuration is a secret. */
export type IsSecret = (action: Action, member: string) => boolean;

/** A declaration as the engine runs it. */
export const specOf = ({ declaration, version }: Pick<PipelineRecord, "declaration" | "version">): PipelineSpec => ({
  name: declaration.name,
  version,
  roleArn: declaration.roleArn,
  executionMode: declaration.executionMode ?? "SUPERSEDED",
  stages: declaration.stages.map(stageSpec),
});

const stageSpec = ({ name, actions, beforeEntry, onSuccess, onFailure }: Stage): StageSpec => {
  const entry = conditionSpec(beforeEntry?.conditions);
  const success = conditionSpec(onSuccess?.conditions);
  const failure = conditionSpec(onFailure?.conditions);
  const result = onFailure?.result;
  return {
    name,
    actions: actions.map(actionSpec),
    conditions: {
      ...(entry ? { BEFORE_ENTRY: entry } : {}),
      ...(success ? { ON_SUCCESS: success } : {}),
      ...(failure ? { ON_FAILURE: failure } : {}),
    },
    ...(result
      ? { onFailure: { result, retryMode: onFailure.retryConfiguration?.retryMode ?? ("FAILED_ACTIONS" as const) } }
      : {}),
  };
};

/** AWS takes one condition of each kind, with up to five rules. */
const conditionSpec = (conditions: readonly Condition[] | undefined): ConditionSpec | undefined => {
  const [condition] = conditions ?? [];
  return condition && { result: condition.result ?? "FAIL", rules: (condition.rules ?? []).map(ruleSpec) };
};

const ruleSpec = (rule: Rule): ActionSpec => ({
  name: rule.name,
  category: "Rule",
  owner: "AWS",
  provider: rule.ruleTypeId.provider,
  version: rule.ruleTypeId.version ?? "1",
  runOrder: 1,
  configuration: rule.configuration ?? {},
  inputArtifacts: (rule.inputArtifacts ?? []).map(({ name }) => name),
  outputArtifacts: [],
  ...(rule.commands === undefined ? {} : { commands: rule.commands }),
  ...(rule.roleArn === undefined ? {} : { roleArn: rule.roleArn }),
  ...(rule.region === undefined ? {} : { region: rule.region }),
  ...(rule.timeoutInMinutes === undefined ? {} : { timeoutInMinutes: rule.timeoutInMinutes }),
});

const actionSpec = (action: Action): ActionSpec => ({
  name: action.name,
  category: action.actionTypeId.category,
  owner: action.actionTypeId.owner,
  provider: action.actionTypeId.provider,
  version: action.actionTypeId.version,
  runOrder: action.runOrder ?? 1,
  configuration: action.configuration ?? {},
  inputArtifacts: (action.inputArtifacts ?? []).map(({ name }) => name),
  outputArtifacts: (action.outputArtifacts ?? []).map(({ name }) => name),
  ...(action.roleArn === undefined ? {} : { roleArn: action.roleArn }),
  ...(action.region === undefined ? {} : { region: action.region }),
  ...(action.namespace === undefined ? {} : { namespace: action.namespace }),
  ...(action.timeoutInMinutes === undefined ? {} : { timeoutInMinutes: action.timeoutInMinutes }),
  ...(action.commands === undefined ? {} : { commands: action.commands }),
  ...(action.outputVariables === undefined ? {} : { outputVariables: action.outputVariables }),
  ...(action.environmentVariables === undefined
    ? {}
    : {
        environmentVariables: action.environmentVariables.map(({ name, value, type }) => ({
          name,
          value,
          type: type ?? ("PLAINTEXT" as const),
        })),
      }),
  outputFiles: Object.fromEntries((action.outputArtifacts ?? []).map(({ name, files }) => [name, files ?? []])),
});

/** A declaration without its secrets, and those sealed; a masked one is the one there was before. */
export const withoutSecrets = (
  declaration: Declaration,
  cipher: Cipher,
  isSecret: IsSecret,
  before: PipelineRecord["secrets"] = {},
): Pick<PipelineRecord, "declaration" | "secrets"> => {
  const secrets: Record<string, string> = {};
  const maskAction = (stage: Stage, action: Action): Action => {
    if (!action.configuration) return action;
    const configuration = Object.entries(action.configuration).map(([name, value]) => {
      if (!isSecret(action, name)) return [name, value] as const;
      const place = secretPlace(stage.name, action.name, name);
      const sealed = value === MASK ? before[place] : cipher.seal(value);
      if (sealed !== undefined) secrets[place] = sealed;
      return [name, MASK] as const;
    });
    return { ...action, configuration: Object.fromEntries(configuration) };
  };
  const stages = declaration.stages.map((stage) => ({
    ...stage,
    actions: stage.actions.map((action) => maskAction(stage, action)),
  }));
  return { declaration: { ...declaration, stages }, secrets };
};

export const secretPlace = (stage: string, action: string, member: string): string => `${stage}/${action}/${member}`;
