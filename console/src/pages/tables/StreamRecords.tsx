import { call } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";
import { Json } from "../../parts/Json.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const MAX_RECORDS = 200;

const recordsOf = async (StreamArn: string) => {
  const { StreamDescription } = await call("dynamodbstreams", "DescribeStream", { StreamArn });
  const ShardId = StreamDescription?.Shards?.at(-1)?.ShardId;
  if (!ShardId) return [];
  const { ShardIterator } = await call("dynamodbstreams", "GetShardIterator", {
    StreamArn,
    ShardId,
    ShardIteratorType: "TRIM_HORIZON",
  });
  const { Records = [] } = await call("dynamodbstreams", "GetRecords", { ShardIterator: ShardIterator ?? "" });
  return Records.slice(-MAX_RECORDS).toReversed();
};

/** What changed in the table, as its stream tells it. */
export const StreamRecords = ({ arn }: { readonly arn: string | undefined }) => {
  const query = useLoad(["dynamodb", "stream", arn], () => recordsOf(arn ?? ""), { enabled: arn !== undefined });
  if (!arn) return <Empty title="No stream" text="The table has none: StreamSpecification." />;
  return (
    <Loaded query={query} what="the stream">
      {(records) => (
        <DataTable
          title="Records"
          items={records}
          idOf={({ eventID = "" }) => eventID}
          empty={<Empty title="Nothing changed yet" />}
          columns={[
            { id: "what", header: "What", cell: ({ eventName }) => eventName, isRowHeader: true },
            {
              id: "when",
              header: "When",
              cell: ({ dynamodb }) => <Ago time={dynamodb?.ApproximateCreationDateTime} />,
            },
            { id: "record", header: "Record", cell: ({ dynamodb }) => <Json value={dynamodb} label="Record" /> },
          ]}
        />
      )}
    </Loaded>
  );
};
