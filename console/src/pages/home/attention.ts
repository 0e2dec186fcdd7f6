import { call } from "../../api/call.ts";
import type { CallView } from "../../api/live.ts";
import { ask } from "../../api/session.ts";
import { hrefs } from "../../parts/links.tsx";
import { latestRuns, type RunSummary, type StageState } from "../pipelines/runs.ts";
import { lastEventsOf, type StackEvent, stacksHere } from "../stacks/stacks.ts";

export interface PipelineOverview {
  readonly name: string;
  readonly stages: readonly StageState[];
  readonly runs: readonly RunSummary[];
}

const RUNS_SHOWN = 20;

export const loadPipelines = async (): Promise<readonly PipelineOverview[]> => {
  const { pipelines = [] } = await call("codepipeline", "ListPipelines", {});
  return Promise.all(
    pipelines.map(async ({ name = "" }) => {
      const [state, runs] = await Promise.all([
        call("codepipeline", "GetPipelineState", { name }),
        latestRuns(name, RUNS_SHOWN),
      ]);
      return { name, stages: state.stageStates ?? [], runs };
    }),
  );
};

export interface Attention {
  readonly id: string;
  readonly status: string;
  readonly what: string;
  readonly why: string;
  readonly href: string;
}

/** What waits for a person in pipelines: approvals to give, runs that failed last, transitions that are held. */
export const pipelineAttention = (pipelines: readonly PipelineOverview[]): readonly Attention[] =>
  pipelines.flatMap(({ name, stages, runs }) => {
    const found: Attention[] = [];
    for (const { stageName = "", actionStates = [], latestExecution, inboundTransitionState } of stages) {
      const run = latestExecution?.pipelineExecutionId ?? "";
      for (const { actionName = "", latestExecution: action } of actionStates)
        if (action?.token && action.status === "InProgress")
          found.push({
            id: `${name}/${stageName}/${actionName}`,
            status: "Pending",
            what: `${name}: ${stageName} / ${actionName} waits for your approval`,
            why: `run ${run.slice(0, 8)}`,
            href: hrefs.run(name, run, `${stageName}.${actionName}`),
          });
      if (inboundTransitionState?.enabled === false)
        found.push({
          id: `${name}/${stageName}/held`,
          status: "Stopped",
          what: `${name}: nothing enters ${stageName}`,
          why: inboundTransitionState.disabledReason ?? "the transition is disabled",
          href: hrefs.pipeline(name),
        });
    }
    const [last] = runs;
    if (last?.status === "Failed") {
      const actions = stages.flatMap(({ stageName, actionStates = [] }) =>
        actionStates.map((action) => ({ stageName, ...action })),
      );
      const failed = actions.find(({ latestExecution }) => latestExecution?.status === "Failed");
      found.push({
        id: `${name}/failed`,
        status: "Failed",
        what: failed ? `${name}: ${failed.stageName} / ${failed.actionName} failed` : `${name}: the last run failed`,
        why: failed?.latestExecution?.errorDetails?.message ?? failed?.latestExecution?.summary ?? "",
        href: hrefs.run(
          name,
          last.pipelineExecutionId ?? "",
          failed ? `${failed.stageName}.${failed.actionName}` : undefined,
        ),
      });
    }
    return found;
  });

/** Stacks that stand as nobody wants them to, and what failed first in each. */
export const loadStackAttention = async (): Promise<readonly Attention[]> => {
  const stacks = (await stacksHere()).filter(({ StackStatus = "" }) => /FAILED|ROLLBACK_COMPLETE$/.test(StackStatus));
  return Promise.all(
    stacks.map(async ({ StackName = "", StackStatus = "", StackStatusReason }) => ({
      id: StackName,
      status: StackStatus,
      what: `Stack ${StackName} ${StackStatus.startsWith("UPDATE_ROLLBACK") ? "went back to what it was" : "is not whole"}`,
      why: (await firstFailureOf(StackName)) ?? StackStatusReason ?? "",
      href: hrefs.stack(StackName, "events"),
    })),
  );
};

/** Of the last operation: what fails later is given up because of it. */
const firstFailureOf = async (stack: string): Promise<string | undefined> =>
  failureText((await lastEventsOf(stack)).findLast(({ ResourceStatus = "" }) => ResourceStatus.endsWith("_FAILED")));

/** What was asked for lately and is not built. */
export const loadUnbuilt = async (): Promise<readonly Attention[]> => {
  const { calls } = await ask<{ readonly calls: readonly CallView[] }>(
    "log/calls?decision=failed&text=notimplemented&limit=2000",
  );
  const messages = new Set(calls.flatMap(({ error }) => (error?.code === "NotImplemented" ? error.message : [])));
  return [...messages].map((message) => ({
    id: message,
    status: "Stopped",
    what: "Asked for and not built",
    why: message,
    href: hrefs.activity("notimplemented"),
  }));
};

const failureText = (event: StackEvent | undefined): string | undefined =>
  event && `${event.LogicalResourceId}: ${event.ResourceStatusReason ?? event.ResourceStatus}`;

/** Rollouts that stopped or failed, the latest of each group. */
export const loadRollouts = async () => {
  const { deployments = [] } = await call("codedeploy", "ListDeployments", {});
  const ids = deployments.slice(0, 25);
  if (ids.length === 0) return [];
  return (await call("codedeploy", "BatchGetDeployments", { deploymentIds: ids })).deploymentsInfo ?? [];
};

type Rollouts = Awaited<ReturnType<typeof loadRollouts>>;

export const rolloutAttention = (rollouts: Rollouts): readonly Attention[] => {
  const latest = new Map<string, Rollouts[number]>();
  for (const rollout of rollouts) {
    const group = `${rollout.applicationName}/${rollout.deploymentGroupName}`;
    const known = latest.get(group);
    if (!known || (known.createTime ?? "") < (rollout.createTime ?? "")) latest.set(group, rollout);
  }
  return [...latest.values()]
    .filter(({ status }) => status === "Failed" || status === "Stopped")
    .map((rollout) => ({
      id: rollout.deploymentId ?? "",
      status: rollout.status ?? "",
      what: `Rollout ${rollout.deploymentId} ${rollout.status?.toLowerCase()}`,
      why: rollout.errorInformation?.message ?? `${rollout.applicationName}`,
      href: hrefs.rollout(rollout.deploymentId ?? ""),
    }));
};
