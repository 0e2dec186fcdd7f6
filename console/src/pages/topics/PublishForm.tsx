import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { ActForm } from "../../parts/ActForm.tsx";

/** Publishes a message of one's own. */
export const PublishForm = ({ topic }: { readonly topic: string }) => {
  const [message, setMessage] = useState("{}");
  const [subject, setSubject] = useState("");
  const [group, setGroup] = useState("");
  const [attributes, setAttributes] = useState("");
  const isFifo = topic.endsWith(".fifo");
  const wrong = attributes.split("\n").some((line) => line.trim() !== "" && !/^[^=]+=./.test(line));
  const publish = () =>
    call("sns", "Publish", {
      TopicArn: topic,
      Message: message,
      ...(subject === "" ? {} : { Subject: subject }),
      ...(isFifo ? { MessageGroupId: group } : {}),
      MessageAttributes: attributesIn(attributes),
    });
  return (
    <ActForm
      title="Publish"
      verb="Publish message"
      primary
      done="Message published"
      services={["sns", "sqs"]}
      act={publish}
      disabled={message === "" || wrong || (isFifo && group === "")}
    >
      <FormField label="Subject">
        <Input value={subject} onChange={({ detail }) => setSubject(detail.value)} />
      </FormField>
      {isFifo && (
        <FormField label="Group" description="Messages of one group are told in their order.">
          <Input value={group} onChange={({ detail }) => setGroup(detail.value)} />
        </FormField>
      )}
      <FormField label="Message">
        <Textarea value={message} rows={4} spellcheck={false} onChange={({ detail }) => setMessage(detail.value)} />
      </FormField>
      <FormField
        label="Attributes"
        description="One a line: name=value. Filters of subscriptions look at them."
        errorText={wrong ? "Each line is name=value." : undefined}
      >
        <Textarea
          value={attributes}
          rows={2}
          spellcheck={false}
          onChange={({ detail }) => setAttributes(detail.value)}
        />
      </FormField>
    </ActForm>
  );
};

const attributesIn = (lines: string) =>
  Object.fromEntries(
    lines
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => {
        const at = line.indexOf("=");
        return [line.slice(0, at).trim(), { DataType: "String", StringValue: line.slice(at + 1) }];
      }),
  );
