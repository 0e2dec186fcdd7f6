import type * as sdk from "@aws-sdk/client-codepipeline";
import type { ActionRun, ConditionType, Execution, Transition } from "../../engines/pipeline/model.ts";
import type { ExecutionStore } from "../../engines/pipeline/ports.ts";
import { hasEnded } from "../../engines/pipeline/transitions.ts";
import type { InputOf } from "../../kernel/aws.ts";
import type { Collection, Records } from "../../store/records.ts";

/** A pipeline as it was declared. */
export type Declaration = InputOf<typeof sdk, "CreatePipeline">["pipeline"];

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

export interface PipelineRecord {
  readonly name: string;
  readonly arn: string;
  readonly version: number;
  /** Without secrets: `****` stands where one is. */
  readonly declaration: Declaration;
  /** Secrets of its actions under the state's key, by `STAGE/ACTION/MEMBER`. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly tags: readonly TagRecord[];
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The sequence of its next execution. */
  readonly nextSequence: number;
}

export interface WebhookRecord {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly definition: InputOf<typeof sdk, "PutWebhook">["webhook"];
  readonly sealedSecret?: string;
  readonly registered: boolean;
  readonly tags: readonly TagRecord[];
  readonly lastTriggeredAt?: number;
}

/** The decision on an approval, or the result of a job: what an action waits for, kept before the one who gave it hears. */
export interface AnswerRecord {
  readonly status: "Approved" | "Rejected" | "Succeeded" | "Failed" | "Continue";
  readonly summary: string;
  readonly by: string;
  readonly externalId?: string;
  readonly continuationToken?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly revision?: { readonly id: string; readonly summary?: string; readonly created?: number };
  /** `ConfigurationError`, `PermissionError`… */
  readonly failureType?: string;
  readonly percentComplete?: number;
}

/** An action type of somebody's own: its workers poll for jobs, or a function of theirs is invoked. */
export interface ActionTypeRecord {
  readonly arn: string;
  readonly owner: "Custom" | "ThirdParty";
  readonly category: string;
  readonly provider: string;
  readonly version: string;
  readonly settings: NonNullable<InputOf<typeof sdk, "CreateCustomActionType">["settings"]>;
  readonly properties: readonly ActionProperty[];
  readonly inputs: Bounds;
  readonly outputs: Bounds;
  readonly tags: readonly TagRecord[];
  readonly createdAt: number;
  /** AWS: a version that was deleted comes back only as it was. */
  readonly deleted?: boolean;
  /** Of a third party's type: what UpdateActionType was given. */
  readonly declaration?: InputOf<typeof sdk, "UpdateActionType">["actionType"];
}

export interface ActionProperty {
  readonly name: string;
  readonly required: boolean;
  readonly key: boolean;
  readonly secret: boolean;
  readonly queryable: boolean;
  readonly description?: string;
  readonly type?: "String" | "Number" | "Boolean";
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Work for who polls for it: a run of an action of such a type. */
export interface JobRecord {
  /** The id of the action's run. */
  readonly id: string;
  readonly place: readonly [string, string, string, string];
  readonly status: "Queued" | "Dispatched" | "InProgress";
  readonly nonce: string;
  readonly clientId: string;
  readonly queuedAt: number;
  readonly dispatchedAt?: number;
  readonly continuationToken?: string;
}

/** All that CodePipeline keeps in one account and region. */
export interface Tables {
  readonly pipelines: Collection<PipelineRecord>;
  /** Earlier versions of declarations, by name and version. */
  readonly versions: Collection<Declaration>;
  readonly executions: Executions;
  /** Disabled transitions, by pipeline and stage. */
  readonly transitions: Collection<Transition>;
  readonly webhooks: Collection<WebhookRecord>;
  /** By the id of the action's run. */
  readonly answers: Collection<AnswerRecord>;
  /** Executions by the pipeline and the client's token that they were started with. */
  readonly startTokens: Collection<string>;
  /** By owner, category, provider and version. */
  readonly actionTypes: Collection<ActionTypeRecord>;
  /** By the id of the action's run. */
  readonly jobs: Collection<JobRecord>;
  /** Ids of jobs that nobody has acknowledged, by action type and time. */
  readonly queuedJobs: Collection<string>;
}

/** Executions and their action runs, in the order in which they were begun. */
export interface Executions extends ExecutionStore {
  /** Newest first, from those before the sequence given. */
  newestFirst(pipeline: string, before?: number): Iterable<Execution>;
  runsNewestFirst(pipeline: string, before?: readonly [number, number]): Iterable<ActionRun>;
  run(id: string): ActionRun | undefined;
  latestRun(pipeline: string, stage: string, action: string): ActionRun | undefined;
  latestRuleRun(pipeline: string, stage: string, condition: ConditionType, rule: string): ActionRun | undefined;
  ruleRunsNewestFirst(pipeline: string, before?: readonly [number, number]): Iterable<ActionRun>;
  forget(pipeline: string): void;
}

export const openTables = (records: Records): Tables => ({
  pipelines: records.collection("pipelines"),
  versions: records.collection("versions"),
  executions: openExecutions(records),
  transitions: records.collection("transitions"),
  webhooks: records.collection("webhooks"),
  answers: records.collection("answers"),
  startTokens: records.collection("startTokens"),
  actionTypes: records.collection("actionTypes"),
  jobs: records.collection("jobs"),
  queuedJobs: records.collection("queuedJobs"),
});

type RunKey = readonly [string, number, number];

const openExecutions = (records: Records): Executions => {
  const bySequence = records.collection<Execution>("executions");
  const ids = records.collection<readonly [string, number]>("executionIds");
  const live = records.collection<string>("liveExecutions");
  const latestInStage = records.collection<string>("latestInStage");
  const actions = openRuns(records, { runs: "actionRuns", ids: "actionRunIds", latest: "latestActionRuns" });
  const rules = openRuns(records, { runs: "ruleRuns", ids: "ruleRunIds", latest: "latestRuleRuns" });
  const put = (execution: Execution) => {
    const key = [execution.spec.name, execution.sequence] as const;
    bySequence.put(key, execution);
    ids.put(execution.id, key);
    if (hasEnded(execution)) live.delete(key);
    else live.put(key, execution.id);
  };
  const putRun = (run: ActionRun) =>
    run.condition === undefined
      ? actions.put(run, [run.pipelineName, run.stageName, run.action.name])
      : rules.put(run, [run.pipelineName, run.stageName, run.condition, run.action.name]);
  const get = (id: string) => {
    const key = ids.get(id);
    return key && bySequence.get(key);
  };
  return {
    get,
    put: (execution, run) =>
      records.atomically(() => {
        put(execution);
        if (run) putRun(run);
      }),
    putRun: (run) => records.atomically(() => putRun(run)),
    runs: actions.of,
    ruleRuns: rules.of,
    live: (pipeline) => [...live.range({ prefix: [pipeline] })].flatMap(({ value }) => get(value) ?? []),
    latestIn: (pipeline, stage) => latestInStage.get([pipeline, stage]),
    enter: (execution, stage) =>
      records.atomically(() => {
        put(execution);
        latestInStage.put([execution.spec.name, stage], execution.id);
      }),
    *newestFirst(pipeline, before) {
      const bound = before === undefined ? {} : { lt: [pipeline, before] };
      for (const { value } of bySequence.range({ prefix: [pipeline], reverse: true, ...bound })) yield value;
    },
    runsNewestFirst: actions.newestFirst,
    ruleRunsNewestFirst: rules.newestFirst,
    run: (id) => actions.get(id) ?? rules.get(id),
    latestRun: (...key) => actions.latest(key),
    latestRuleRun: (...key) => rules.latest(key),
    forget: (pipeline) =>
      records.atomically(() => {
        const prefix = [pipeline];
        for (const { value } of bySequence.range({ prefix })) ids.delete(value.id);
        for (const table of [bySequence, live, latestInStage]) table.clear({ prefix });
        actions.forget(pipeline);
        rules.forget(pipeline);
      }),
  };
};

/** Runs of actions, or of rules, which are listed apart. */
const openRuns = (records: Records, names: Readonly<Record<"runs" | "ids" | "latest", string>>) => {
  const runs = records.collection<ActionRun>(names.runs);
  const ids = records.collection<RunKey>(names.ids);
  const latest = records.collection<RunKey>(names.latest);
  const at = (key: RunKey | undefined) => key && runs.get(key);
  return {
    put: (run: ActionRun, place: readonly string[]): void => {
      const key: RunKey = [run.pipelineName, run.sequence, run.number];
      runs.put(key, run);
      ids.put(run.id, key);
      latest.put(place, key);
    },
    get: (id: string) => at(ids.get(id)),
    latest: (place: readonly string[]) => at(latest.get(place)),
    *of({ spec, sequence }: Execution): Iterable<ActionRun> {
      for (const { value } of runs.range({ prefix: [spec.name, sequence] })) yield value;
    },
    *newestFirst(pipeline: string, before?: readonly [number, number]): Iterable<ActionRun> {
      const bound = before === undefined ? {} : { lt: [pipeline, ...before] };
      for (const { value } of runs.range({ prefix: [pipeline], reverse: true, ...bound })) yield value;
    },
    forget: (pipeline: string): void => {
      const prefix = [pipeline];
      for (const { value } of runs.range({ prefix })) ids.delete(value.id);
      for (const table of [runs, latest]) table.clear({ prefix });
    },
  };
};
