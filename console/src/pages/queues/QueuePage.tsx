import SpaceBetween from "@cloudscape-design/components/space-between";
import { call } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { Document } from "../../parts/Document.tsx";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ThingPage } from "../../parts/ThingPage.tsx";
import { duration } from "../../parts/time.tsx";
import { Messages } from "./Messages.tsx";
import { type Attributes, attributesOf, deadLettersOf } from "./queues.ts";
import { Redrive } from "./Redrive.tsx";
import { SendForm } from "./SendForm.tsx";

const queueNamed = async (QueueName: string) => {
  const { QueueUrl = "" } = await call("sqs", "GetQueueUrl", { QueueName });
  return { url: QueueUrl, attributes: await attributesOf(QueueUrl) };
};

const QueuePage = ({ params: { name } }: { readonly params: { readonly name: string } }) => {
  const query = useLoad(["sqs", "queue", name], () => queueNamed(name));
  const url = query.data?.url ?? "";
  return (
    <ThingPage
      list={["Queues", "#/queues"]}
      name={name}
      href={hrefs.queue(name)}
      actions={
        <Confirm
          verb="Purge"
          what={name}
          text="All its messages are deleted, those in flight too. This cannot be taken back."
          done={`${name} is empty`}
          services={["sqs"]}
          act={() => call("sqs", "PurgeQueue", { QueueUrl: url })}
          disabled={!query.data}
        />
      }
    >
      <Loaded query={query} what="the queue">
        {({ attributes }) => (
          <SpaceBetween size="l">
            <QueueFacts attributes={attributes} />
            <Messages key={url} url={url} maxReceives={deadLettersOf(attributes)?.after} />
            <SendForm url={url} isFifo={name.endsWith(".fifo")} />
            <Redrive url={url} arn={attributes.QueueArn ?? ""} />
            {attributes.Policy && <Document title="Policy" value={attributes.Policy} />}
          </SpaceBetween>
        )}
      </Loaded>
    </ThingPage>
  );
};

export default QueuePage;

const seconds = (value: string | undefined): string => (value === undefined ? "–" : duration(Number(value) * 1000));

const QueueFacts = ({ attributes }: { readonly attributes: Attributes }) => {
  const dead = deadLettersOf(attributes);
  return (
    <Facts
      title="Queue"
      facts={{
        Waiting: attributes.ApproximateNumberOfMessages,
        "In flight": attributes.ApproximateNumberOfMessagesNotVisible,
        Delayed: attributes.ApproximateNumberOfMessagesDelayed,
        "Visibility timeout": seconds(attributes.VisibilityTimeout),
        "Kept for": seconds(attributes.MessageRetentionPeriod),
        Delay: seconds(attributes.DelaySeconds),
        "Dead letters": dead ? (
          <>
            to <To href={hrefs.queue(nameOf(dead.arn))}>{nameOf(dead.arn)}</To> after {dead.after} receives
          </>
        ) : undefined,
        Encryption: attributes.KmsMasterKeyId ?? (attributes.SqsManagedSseEnabled === "true" ? "SSE-SQS" : "none"),
        ARN: <Mono>{attributes.QueueArn}</Mono>,
      }}
    />
  );
};
