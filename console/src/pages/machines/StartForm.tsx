import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useLocation } from "wouter";
import { call, type Output } from "../../api/call.ts";
import { ActForm } from "../../parts/ActForm.tsx";
import { Json } from "../../parts/Json.tsx";
import { problemIn } from "../../parts/json.ts";
import { hrefs } from "../../parts/links.tsx";

interface Props {
  readonly machine: string;
  readonly arn: string;
  readonly isExpress: boolean;
}

/** Runs a state machine with an input of one's own. An express one is waited for: no list keeps its executions. */
export const StartForm = ({ machine, arn, isExpress }: Props) => {
  const [input, setInput] = useState("{}");
  const [answer, setAnswer] = useState<Output<"states", "StartSyncExecution">>();
  const [, go] = useLocation();
  const wrong = problemIn(input);
  const start = async () => {
    if (isExpress) return setAnswer(await call("states", "StartSyncExecution", { stateMachineArn: arn, input }));
    const { executionArn = "" } = await call("states", "StartExecution", { stateMachineArn: arn, input });
    go(hrefs.execution(machine, executionArn).slice(1));
  };
  return (
    <ActForm
      title="Start"
      verb="Start execution"
      primary
      done={isExpress ? "The execution ended" : "The execution has begun"}
      services={["states"]}
      act={start}
      disabled={wrong !== undefined}
    >
      <FormField label="Input" errorText={wrong}>
        <Textarea value={input} rows={5} spellcheck={false} onChange={({ detail }) => setInput(detail.value)} />
      </FormField>
      {answer && <Json value={answer} label="Answer" />}
    </ActForm>
  );
};
