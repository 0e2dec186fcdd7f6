import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { ActForm } from "../../parts/ActForm.tsx";
import { STATES } from "./alarms.ts";

type State = (typeof STATES)[number];

const WORDS: Readonly<Record<State, string>> = { OK: "OK", ALARM: "In alarm", INSUFFICIENT_DATA: "Insufficient data" };

/** Sets an alarm's state by hand, to try out what follows from it. */
export const StateForm = ({ name, state }: { readonly name: string; readonly state: State }) => {
  const [wanted, setWanted] = useState<State>(state === "ALARM" ? "OK" : "ALARM");
  const [reason, setReason] = useState("Set in the console");
  const set = () => call("cloudwatch", "SetAlarmState", { AlarmName: name, StateValue: wanted, StateReason: reason });
  return (
    <ActForm
      title="Set the state"
      description="Its actions follow as they would. The next evaluation may take the state back."
      verb="Set state"
      done={`The alarm's state is ${WORDS[wanted]}`}
      services={["cloudwatch"]}
      act={set}
      disabled={reason === ""}
    >
      <SegmentedControl
        label="State"
        selectedId={wanted}
        options={STATES.map((id) => ({ id, text: WORDS[id] }))}
        onChange={({ detail }) => setWanted(STATES.find((each) => each === detail.selectedId) ?? "OK")}
      />
      <FormField label="Reason">
        <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </ActForm>
  );
};
