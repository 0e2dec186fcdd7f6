import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/useAws.ts";
import { DialogButtons } from "../../parts/DialogButtons.tsx";
import { attempt } from "../../parts/flash.tsx";

interface Props {
  readonly pipeline: string;
  readonly run: string;
  /** AWS: a run that waits for what is under way can only be abandoned. */
  readonly isStopping: boolean;
  readonly onClose: () => void;
}

const WAIT = "wait";
const ABANDON = "abandon";
/** AWS: a reason for stopping a run is no longer. */
const MAX_REASON = 200;

/** How to stop a run: once what is under way has ended, or at once. */
export const StopDialog = ({ pipeline, run, isStopping, onClose }: Props) => {
  const [how, setHow] = useState(isStopping ? ABANDON : WAIT);
  const [reason, setReason] = useState("");
  const tooLong = reason.length > MAX_REASON;
  const stop = useAct(async () => {
    const input = { pipelineName: pipeline, pipelineExecutionId: run, abandon: how === ABANDON };
    const why = reason === "" ? {} : { reason };
    if (await attempt("The run is stopping", () => call("codepipeline", "StopPipelineExecution", { ...input, ...why })))
      onClose();
  }, ["codepipeline"]);
  return (
    <Modal
      visible
      onDismiss={onClose}
      header={`Stop run ${run.slice(0, 8)}`}
      footer={
        <DialogButtons act={stop} disabled={tooLong} onCancel={onClose}>
          Stop
        </DialogButtons>
      }
    >
      <SpaceBetween size="m">
        <RadioGroup
          ariaLabel="How to stop"
          value={how}
          onChange={({ detail }) => setHow(detail.value)}
          items={[
            {
              value: WAIT,
              label: "Wait",
              description: "Actions under way end first, and none begins after them.",
              disabled: isStopping,
            },
            { value: ABANDON, label: "Abandon", description: "It stops at once, whatever is under way." },
          ]}
        />
        <FormField label="Reason" errorText={tooLong ? `At most ${MAX_REASON} letters.` : ""}>
          <Input value={reason} placeholder="Optional" onChange={({ detail }) => setReason(detail.value)} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
};
