import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/useAws.ts";
import { DialogButtons } from "../../parts/DialogButtons.tsx";
import { attempt } from "../../parts/flash.tsx";
import { commitOf, messageOf, type RunSummary } from "./runs.ts";

/** What somebody wants done to a stage. */
export interface StageWish {
  readonly pipeline: string;
  readonly run: string;
  readonly stage: string;
  readonly what: string;
}

const TITLES: Readonly<Record<string, string>> = {
  retry: "Retry the failed actions",
  retryAll: "Retry the whole stage",
  rollback: "Roll back",
  enable: "Let runs enter",
  disable: "Hold runs",
};

/** Asks once more, and for what the act needs. */
export const StageDialog = ({
  wish,
  runs,
  onClose,
  onBegun,
}: {
  readonly wish: StageWish;
  readonly runs: readonly RunSummary[];
  readonly onClose: () => void;
  /** Called when a run of its own has begun for it. */
  readonly onBegun: (() => void) | undefined;
}) => {
  const [reason, setReason] = useState("");
  const good = runs.filter(
    ({ status, pipelineExecutionId }) => status === "Succeeded" && pipelineExecutionId !== wish.run,
  );
  const [target, setTarget] = useState(good[0]?.pipelineExecutionId ?? "");
  const title = `${TITLES[wish.what]}: ${wish.stage}`;
  const act = useAct(async () => {
    if (!(await attempt(title, () => perform(wish, reason, target)))) return;
    onClose();
    onBegun?.();
  }, ["codepipeline"]);
  const option = (run: RunSummary) => ({
    value: run.pipelineExecutionId ?? "",
    label: `${run.pipelineExecutionId?.slice(0, 8)} · ${commitOf(run)} ${messageOf(run)}`,
  });
  const chosen = good.find(({ pipelineExecutionId }) => pipelineExecutionId === target);
  return (
    <Modal
      visible
      onDismiss={onClose}
      header={title}
      footer={
        <DialogButtons
          act={act}
          disabled={(wish.what === "disable" && reason === "") || (wish.what === "rollback" && target === "")}
          onCancel={onClose}
        >
          {TITLES[wish.what]}
        </DialogButtons>
      }
    >
      {wish.what === "disable" && (
        <FormField label="Reason" description="Runs wait before the stage until it is enabled again.">
          <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
        </FormField>
      )}
      {wish.what === "rollback" && (
        <FormField label="To the run" description="The stage runs again with that run's artifacts.">
          <Select
            selectedOption={chosen ? option(chosen) : null}
            options={good.map(option)}
            onChange={({ detail }) => setTarget(detail.selectedOption.value ?? "")}
            empty="No other run succeeded"
            placeholder="Choose a run"
          />
        </FormField>
      )}
      {wish.what !== "disable" && wish.what !== "rollback" && <p>Run {wish.run.slice(0, 8)} goes on from there.</p>}
    </Modal>
  );
};

const perform = (
  { pipeline: pipelineName, run, stage: stageName, what }: StageWish,
  reason: string,
  target: string,
) => {
  const transitionType = "Inbound";
  switch (what) {
    case "enable":
      return call("codepipeline", "EnableStageTransition", { pipelineName, stageName, transitionType });
    case "disable":
      return call("codepipeline", "DisableStageTransition", { pipelineName, stageName, transitionType, reason });
    case "rollback":
      return call("codepipeline", "RollbackStage", { pipelineName, stageName, targetPipelineExecutionId: target });
    default: {
      const retryMode = what === "retryAll" ? "ALL_ACTIONS" : "FAILED_ACTIONS";
      return call("codepipeline", "RetryStageExecution", {
        pipelineName,
        stageName,
        pipelineExecutionId: run,
        retryMode,
      });
    }
  }
};
