import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/useAws.ts";
import { attempt } from "../../parts/flash.tsx";
import { Out } from "../../parts/links.tsx";
import type { ActionInRun } from "./stages.ts";

interface Props {
  readonly pipeline: string;
  readonly action: ActionInRun;
  readonly token: string;
}

/** A person's yes or no, with a word why. */
export const ApprovalForm = ({ pipeline, action, token }: Props) => {
  const [summary, setSummary] = useState("");
  const answer = useAct(
    (status: "Approved" | "Rejected") =>
      attempt(`${status} ${action.stage} / ${action.declaration.name}`, () =>
        call("codepipeline", "PutApprovalResult", {
          pipelineName: pipeline,
          stageName: action.stage,
          actionName: action.declaration.name,
          token,
          result: { status, summary },
        }),
      ),
    ["codepipeline"],
  );
  const { CustomData: question, ExternalEntityLink: review } = action.run?.input?.resolvedConfiguration ?? {};
  return (
    <Alert type="info" header="This run waits for your approval">
      <SpaceBetween size="s">
        {question && <div>{question}</div>}
        {review && (
          <div>
            To review: <Out href={review} />
          </div>
        )}
        <FormField label="Comment" constraintText="Kept with the run.">
          <Textarea value={summary} rows={2} onChange={({ detail }) => setSummary(detail.value)} />
        </FormField>
        <SpaceBetween size="xs" direction="horizontal">
          <Button variant="primary" loading={answer.isPending} onClick={() => answer.mutate("Approved")}>
            Approve
          </Button>
          <Button disabled={answer.isPending} onClick={() => answer.mutate("Rejected")}>
            Reject
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Alert>
  );
};
