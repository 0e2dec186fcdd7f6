import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { ActForm } from "../../parts/ActForm.tsx";

/** Sends a message of one's own. */
export const SendForm = ({ url, isFifo }: { readonly url: string; readonly isFifo: boolean }) => {
  const [body, setBody] = useState("{}");
  const [group, setGroup] = useState("");
  const [deduplication, setDeduplication] = useState("");
  const [delay, setDelay] = useState("");
  const send = () =>
    call("sqs", "SendMessage", {
      QueueUrl: url,
      MessageBody: body,
      ...(group === "" ? {} : { MessageGroupId: group }),
      ...(deduplication === "" ? {} : { MessageDeduplicationId: deduplication }),
      ...(delay === "" ? {} : { DelaySeconds: Number(delay) }),
    });
  return (
    <ActForm
      title="Send"
      verb="Send message"
      primary
      done="Message sent"
      services={["sqs"]}
      act={send}
      disabled={body === "" || (isFifo && group === "")}
    >
      <FormField label="Body">
        <Textarea value={body} rows={4} spellcheck={false} onChange={({ detail }) => setBody(detail.value)} />
      </FormField>
      {isFifo ? (
        <>
          <FormField label="Group" description="Messages of one group are handled in their order.">
            <Input value={group} onChange={({ detail }) => setGroup(detail.value)} />
          </FormField>
          <FormField label="Deduplication id" description="Not needed where the content tells messages apart.">
            <Input value={deduplication} onChange={({ detail }) => setDeduplication(detail.value)} />
          </FormField>
        </>
      ) : (
        <FormField label="Delay in seconds" description="The queue's own when empty.">
          <Input type="number" value={delay} onChange={({ detail }) => setDelay(detail.value)} />
        </FormField>
      )}
    </ActForm>
  );
};
