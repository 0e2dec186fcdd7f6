import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useAct } from "../../api/useAws.ts";
import { attempt } from "../../parts/flash.tsx";
import { Json } from "../../parts/Json.tsx";
import { pretty } from "../../parts/json.ts";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { MAX_PEEKED, type Message, peek } from "./queues.ts";

interface Props {
  readonly url: string;
  readonly maxReceives: string | undefined;
}

/** What waits in a queue, once somebody looks: AWS counts each look as a receive. */
export const Messages = ({ url, maxReceives }: Props) => {
  const [messages, setMessages] = useState<readonly Message[]>();
  const look = useAct(() => attempt("Looked at the queue", async () => setMessages(await peek(url))), ["sqs"]);
  const warning = maxReceives ? ` After ${maxReceives} of them a message goes to the dead letters.` : "";
  return (
    <DataTable
      title="Messages"
      items={messages ?? []}
      counter={messages ? `(${messages.length}${messages.length >= MAX_PEEKED ? "+" : ""})` : ""}
      description={`A look counts as a receive of each message.${warning}`}
      idOf={({ MessageId = "" }) => MessageId}
      loading={look.isPending}
      actions={
        <Button loading={look.isPending} onClick={() => look.mutate(undefined)}>
          Look at messages
        </Button>
      }
      empty={
        messages ? (
          <Empty title="Nothing waits" text="Messages in flight are not shown until they are back." />
        ) : (
          <Empty title="Not looked at" />
        )
      }
      columns={[
        {
          id: "id",
          header: "Message",
          cell: ({ MessageId }) => <span className="mono">{MessageId?.slice(0, 8)}</span>,
        },
        {
          id: "body",
          header: "Body",
          minWidth: 320,
          cell: ({ Body = "" }) => <Json value={pretty(Body)} label="Body" />,
          isRowHeader: true,
        },
        { id: "sent", header: "Sent", cell: ({ Attributes }) => <Ago time={Number(Attributes?.SentTimestamp)} /> },
        {
          id: "received",
          header: "Receives",
          cell: ({ Attributes }) => Attributes?.ApproximateReceiveCount,
        },
        { id: "group", header: "Group", cell: ({ Attributes }) => Attributes?.MessageGroupId ?? "–" },
        {
          id: "attributes",
          header: "Attributes",
          cell: ({ MessageAttributes = {} }) =>
            Object.entries(MessageAttributes)
              .map(([name, { StringValue = "binary" }]) => `${name}: ${StringValue}`)
              .join(", ") || "–",
        },
      ]}
    />
  );
};
