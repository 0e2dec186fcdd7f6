import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { call } from "../../api/call.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { hrefs } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { ActionPanel } from "./ActionPanel.tsx";
import { Commit } from "./Commit.tsx";
import { Graph } from "./Graph.tsx";
import { lineageOf } from "./lineage.ts";
import { actionsOf, type Declaration, isRunning, type RunSummary } from "./runs.ts";
import { StageDialog, type StageWish } from "./StageDialog.tsx";
import { type StageInRun, stagesOf } from "./stages.ts";
import { Waits } from "./Waits.tsx";

interface Props {
  readonly declaration: Declaration;
  readonly run: RunSummary;
  readonly runs: readonly RunSummary[];
  readonly action: string | undefined;
  /** Leaves this run for the newest one. */
  readonly toNewest: () => void;
}

/** One run: who pushed what, how far it came, and the action looked at. */
export const RunView = ({ declaration, run, runs, action, toNewest }: Props) => {
  const name = declaration.name ?? "";
  const id = run.pipelineExecutionId ?? "";
  const [, go] = useLocation();
  const [wish, setWish] = useState<StageWish>();
  const state = useAws("codepipeline", "GetPipelineState", { name });
  const actions = useLoad(["codepipeline", "actions", name, id], () => actionsOf(name, id));
  const onSelect = (chosen: string) => go(hrefs.run(name, id, chosen).slice(1));
  const onStage = (stage: StageInRun, what: string) => setWish({ pipeline: name, run: id, stage: stage.name, what });
  return (
    <SpaceBetween size="l">
      <RunSummaryView declaration={declaration} run={run} />
      <Loaded query={actions} what="the run">
        {(ran) => {
          const stages = stagesOf(declaration, ran, state.data?.stageStates ?? []);
          const all = stages.flatMap(({ steps }) => steps.flat());
          const shown = all.find((each) => each.id === action) ?? mostTelling(stages);
          return (
            <SpaceBetween size="l">
              <Waits pipeline={name} run={id} stages={stages} />
              <Graph
                canRollBack={declaration.pipelineType === "V2" && declaration.executionMode !== "PARALLEL"}
                stages={stages}
                selected={shown?.id}
                onSelect={onSelect}
                onStage={onStage}
              />
              {shown ? (
                <ActionPanel
                  key={shown.run?.actionExecutionId ?? shown.id}
                  pipeline={name}
                  action={shown}
                  lineage={lineageOf(ran, run)}
                  stage={stages.find(
                    (stage) => stage.name === shown.stage && stage.state?.latestExecution?.pipelineExecutionId === id,
                  )}
                />
              ) : (
                <Empty title="Nothing ran yet" />
              )}
            </SpaceBetween>
          );
        }}
      </Loaded>
      {wish && (
        <StageDialog
          wish={wish}
          runs={runs}
          onClose={() => setWish(undefined)}
          onBegun={wish.what === "rollback" ? toNewest : undefined}
        />
      )}
    </SpaceBetween>
  );
};

/** What one wants to see unasked: what failed, else what is going on, else what came last. */
const mostTelling = (stages: readonly StageInRun[]) => {
  const ran = stages.flatMap(({ steps }) => steps.flat()).filter(({ run }) => run);
  return (
    ran.find(({ run }) => run?.status === "Failed") ?? ran.find(({ run }) => run?.status === "InProgress") ?? ran.at(-1)
  );
};

const RunSummaryView = ({ declaration, run }: Pick<Props, "declaration" | "run">) => (
  <KeyValuePairs
    columns={4}
    items={[
      { label: "Run", value: <span className="mono">{run.pipelineExecutionId?.slice(0, 8)}</span> },
      {
        label: "Status",
        value: (
          <>
            <Status status={run.status} /> {run.executionType === "ROLLBACK" && <span>Rollback</span>}
          </>
        ),
      },
      { label: "Commit", value: <Commit declaration={declaration} run={run} /> },
      {
        label: isRunning(run.status) ? "Running for" : "Took",
        value: (
          <>
            <Took from={run.startTime} to={isRunning(run.status) ? undefined : run.lastUpdateTime} /> ·{" "}
            <Ago time={run.startTime} />
          </>
        ),
      },
    ]}
  />
);

/** Starts a run of the newest commit. */
export const release = (name: string): Promise<unknown> => call("codepipeline", "StartPipelineExecution", { name });
