import type * as sdk from "@aws-sdk/client-codepipeline";
import type { ActionRun, Execution, NamedArtifact, Revision } from "../../engines/pipeline/model.ts";
import type { OutputOf } from "../../kernel/aws.ts";
import { MASK } from "./declaration.ts";
import type { PipelineRecord } from "./records.ts";

type Details = NonNullable<OutputOf<typeof sdk, "ListActionExecutions">["actionExecutionDetails"]>;
type RuleDetails = NonNullable<OutputOf<typeof sdk, "ListRuleExecutions">["ruleExecutionDetails"]>;
type TriggerType = NonNullable<NonNullable<Summaries[number]["trigger"]>["triggerType"]>;
type Summaries = NonNullable<OutputOf<typeof sdk, "ListPipelineExecutions">["pipelineExecutionSummaries"]>;

/** A pipeline's declaration as AWS gives it: with its defaults, and with the configuration's secrets masked. */
export const declarationView = ({ declaration, version }: Pick<PipelineRecord, "declaration" | "version">) => ({
  ...declaration,
  stages: declaration.stages.map((stage) => ({
    ...stage,
    actions: stage.actions.map((action) => ({
      ...action,
      runOrder: action.runOrder ?? 1,
      configuration: action.configuration ?? {},
      inputArtifacts: action.inputArtifacts ?? [],
      outputArtifacts: action.outputArtifacts ?? [],
    })),
  })),
  version,
  executionMode: declaration.executionMode ?? ("SUPERSEDED" as const),
  pipelineType: declaration.pipelineType ?? ("V1" as const),
});

const triggerView = ({ trigger }: Execution) => ({
  triggerType: triggerType(trigger.type),
  triggerDetail: trigger.detail,
});

const TRIGGERS: readonly TriggerType[] = [
  "CreatePipeline",
  "StartPipelineExecution",
  "PollForSourceChanges",
  "Webhook",
  "CloudWatchEvent",
  "PutActionRevision",
  "WebhookV2",
  "ManualRollback",
  "AutomatedRollback",
];

const triggerType = (text: string): TriggerType => TRIGGERS.find((type) => type === text) ?? "StartPipelineExecution";

export const executionView = (execution: Execution) => ({
  pipelineName: execution.spec.name,
  pipelineVersion: execution.spec.version,
  pipelineExecutionId: execution.id,
  status: execution.state.status,
  ...(execution.statusSummary === undefined ? {} : { statusSummary: execution.statusSummary }),
  artifactRevisions: execution.revisions.map(artifactRevision),
  variables: Object.entries(execution.variables).map(([name, resolvedValue]) => ({ name, resolvedValue })),
  trigger: triggerView(execution),
  executionMode: execution.spec.executionMode,
  ...typeView(execution),
});

const typeView = ({ rollback }: Execution) =>
  rollback
    ? { executionType: "ROLLBACK" as const, rollbackMetadata: { rollbackTargetPipelineExecutionId: rollback.target } }
    : { executionType: "STANDARD" as const };

const artifactRevision = (revision: Revision) => ({
  name: revision.artifactName,
  revisionId: revision.revisionId,
  revisionSummary: revision.summary,
  ...(revision.created === undefined ? {} : { created: new Date(revision.created) }),
  ...(revision.url === undefined ? {} : { revisionUrl: revision.url }),
});

export const executionSummaryView = (execution: Execution) => ({
  pipelineExecutionId: execution.id,
  status: execution.state.status,
  ...(execution.statusSummary === undefined ? {} : { statusSummary: execution.statusSummary }),
  startTime: new Date(execution.startedAt),
  lastUpdateTime: new Date(execution.updatedAt),
  sourceRevisions: execution.revisions.map(({ actionName, revisionId, summary, url }) => ({
    actionName,
    revisionId,
    revisionSummary: summary,
    ...(url === undefined ? {} : { revisionUrl: url }),
  })),
  trigger: triggerView(execution),
  ...("reason" in execution.state ? { stopTrigger: { reason: execution.state.reason } } : {}),
  executionMode: execution.spec.executionMode,
  ...typeView(execution),
});

/** An approval's and a job's own id is no execution elsewhere. */
const externalOf = (run: ActionRun) => (run.external?.id === run.id ? undefined : run.external);

const masked = (run: ActionRun, configuration: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => [
      name,
      run.action.configuration[name] === MASK ? MASK : value,
    ]),
  );

const artifactView = ({ name, bucket, key }: NamedArtifact) => ({ name, s3location: { bucket, key } });

export const actionExecutionView = (run: ActionRun, region: string): Details[number] => {
  const { action } = run;
  const external = externalOf(run);
  const summary = run.summary ?? run.error?.message;
  return {
    pipelineExecutionId: run.executionId,
    actionExecutionId: run.id,
    pipelineVersion: run.pipelineVersion,
    stageName: run.stageName,
    actionName: action.name,
    startTime: new Date(run.startedAt),
    lastUpdateTime: new Date(run.updatedAt),
    ...(run.lastUpdatedBy === undefined ? {} : { updatedBy: run.lastUpdatedBy }),
    status: run.status,
    input: {
      actionTypeId: actionTypeView(run),
      configuration: { ...action.configuration },
      resolvedConfiguration: masked(run, run.configuration ?? action.configuration),
      ...(action.roleArn === undefined ? {} : { roleArn: action.roleArn }),
      region: action.region ?? region,
      inputArtifacts: run.inputs.map(artifactView),
      ...(action.namespace === undefined ? {} : { namespace: action.namespace }),
    },
    output: {
      outputArtifacts: run.outputs.map(artifactView),
      executionResult: {
        externalExecutionId: external?.id ?? "",
        externalExecutionSummary: summary ?? "",
        externalExecutionUrl: external?.url ?? "",
        ...(run.error ? { errorDetails: run.error } : {}),
        ...(external?.logStreamArn === undefined ? {} : { logStreamARN: external.logStreamArn }),
      },
      outputVariables: { ...run.outputVariables },
    },
  };
};

const CATEGORIES = ["Source", "Build", "Deploy", "Test", "Invoke", "Approval", "Compute"] as const;
const OWNERS = ["AWS", "ThirdParty", "Custom"] as const;

export const categoryOf = (text: string) => CATEGORIES.find((category) => category === text) ?? "Build";
export const ownerOf = (text: string) => OWNERS.find((owner) => owner === text) ?? "AWS";

export const actionTypeView = ({ action }: ActionRun) => ({
  category: categoryOf(action.category),
  owner: ownerOf(action.owner),
  provider: action.provider,
  version: action.version,
});

export const ruleExecutionView = (run: ActionRun): RuleDetails[number] => {
  const { action } = run;
  const external = externalOf(run);
  const summary = run.summary ?? run.error?.message;
  return {
    pipelineExecutionId: run.executionId,
    ruleExecutionId: run.id,
    pipelineVersion: run.pipelineVersion,
    stageName: run.stageName,
    ruleName: action.name,
    startTime: new Date(run.startedAt),
    lastUpdateTime: new Date(run.updatedAt),
    ...(run.lastUpdatedBy === undefined ? {} : { updatedBy: run.lastUpdatedBy }),
    status: run.status,
    input: {
      ruleTypeId: { category: "Rule", owner: "AWS", provider: action.provider, version: action.version },
      configuration: { ...action.configuration },
      resolvedConfiguration: { ...(run.configuration ?? action.configuration) },
      ...(action.roleArn === undefined ? {} : { roleArn: action.roleArn }),
      ...(action.region === undefined ? {} : { region: action.region }),
      inputArtifacts: run.inputs.map(artifactView),
    },
    output: {
      executionResult: {
        externalExecutionId: external?.id ?? "",
        externalExecutionSummary: summary ?? "",
        externalExecutionUrl: external?.url ?? "",
        ...(run.error ? { errorDetails: run.error } : {}),
      },
    },
  };
};

/** The latest run of an action as GetPipelineState shows it. */
export const latestRunView = (run: ActionRun) => ({
  actionExecutionId: run.id,
  ...commonRunView(run),
  ...(run.token !== undefined && run.status === "InProgress" ? { token: run.token } : {}),
  ...(run.percentComplete === undefined ? {} : { percentComplete: run.percentComplete }),
  ...(run.external?.logStreamArn === undefined ? {} : { logStreamARN: run.external.logStreamArn }),
});

/** The latest run of a rule. */
export const latestRuleRunView = (run: ActionRun) => ({ ruleExecutionId: run.id, ...commonRunView(run) });

const commonRunView = (run: ActionRun) => {
  const external = externalOf(run);
  const summary = run.summary ?? run.error?.message;
  return {
    status: run.status,
    ...(summary === undefined ? {} : { summary }),
    lastStatusChange: new Date(run.updatedAt),
    ...(run.lastUpdatedBy === undefined ? {} : { lastUpdatedBy: run.lastUpdatedBy }),
    ...(external ? { externalExecutionId: external.id } : {}),
    ...(external?.url === undefined ? {} : { externalExecutionUrl: external.url }),
    ...(run.error ? { errorDetails: run.error } : {}),
  };
};
