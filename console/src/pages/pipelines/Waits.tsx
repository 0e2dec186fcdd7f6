import Alert from "@cloudscape-design/components/alert";
import { hrefs, To } from "../../parts/links.tsx";
import type { StageInRun } from "./stages.ts";

interface Props {
  readonly pipeline: string;
  readonly run: string;
  readonly stages: readonly StageInRun[];
}

/** Says which stage a run waits to enter, and what keeps it out; nothing where it waits for none. */
export const Waits = ({ pipeline, run, stages }: Props) => {
  const stage = stages.find(({ state }) =>
    state?.inboundExecutions?.some(({ pipelineExecutionId }) => pipelineExecutionId === run),
  );
  if (!stage?.state) return null;
  const { inboundTransitionState: transition, latestExecution } = stage.state;
  const within = latestExecution?.status === "InProgress" ? latestExecution.pipelineExecutionId : undefined;
  return (
    <Alert type="info" header={`Waits for the stage ${stage.name}`}>
      {transition?.enabled === false ? (
        `No run is let in: ${transition.disabledReason ?? "the transition is disabled"}.`
      ) : within === undefined ? (
        "It enters as soon as the stage is free."
      ) : (
        <>
          Another run is in it: <To href={hrefs.run(pipeline, within)}>{within.slice(0, 8)}</To>.
        </>
      )}
    </Alert>
  );
};
