import { call } from "../../api/call.ts";
import { useAws } from "../../api/useAws.ts";
import { ActButton } from "../../parts/ActButton.tsx";
import { nameOf } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

/** Of a queue of dead letters: moves them back to where they came from. */
export const Redrive = ({ url, arn }: { readonly url: string; readonly arn: string }) => {
  const sources = useAws("sqs", "ListDeadLetterSourceQueues", { QueueUrl: url });
  const isOfDeadLetters = (sources.data?.queueUrls?.length ?? 0) > 0;
  const tasks = useAws("sqs", "ListMessageMoveTasks", { SourceArn: arn, MaxResults: 10 }, { enabled: isOfDeadLetters });
  if (!isOfDeadLetters) return null;
  const from = sources.data?.queueUrls?.map(nameOf).join(", ");
  return (
    <DataTable
      title="Redrives"
      description={`Dead letters of ${from}.`}
      items={tasks.data?.Results ?? []}
      idOf={({ StartedTimestamp }) => String(StartedTimestamp)}
      actions={
        <ActButton
          done="The dead letters are on their way back"
          services={["sqs"]}
          act={() => call("sqs", "StartMessageMoveTask", { SourceArn: arn })}
        >
          Start redrive
        </ActButton>
      }
      empty={<Empty title="No redrive yet" text="It moves each message to the queue it came from." />}
      columns={[
        {
          id: "when",
          header: "Started",
          cell: ({ StartedTimestamp }) => <Ago time={StartedTimestamp} />,
          isRowHeader: true,
        },
        { id: "status", header: "Status", cell: ({ Status: status }) => <Status status={status} /> },
        {
          id: "moved",
          header: "Moved",
          cell: ({ ApproximateNumberOfMessagesMoved }) => ApproximateNumberOfMessagesMoved,
        },
        { id: "why", header: "Failure", cell: ({ FailureReason }) => FailureReason ?? "–" },
      ]}
    />
  );
};
