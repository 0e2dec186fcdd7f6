import { useLoad } from "../../api/useAws.ts";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { type Attributes, attributesOf, deadLettersOf, queueUrls } from "./queues.ts";

const QueuesPage = () => {
  const query = useLoad(["sqs", "queues"], queueUrls);
  return (
    <Loaded query={query} what="queues">
      {(urls) => (
        <DataTable
          title="Queues"
          headingTag="h1"
          items={urls.map((url) => ({ url, name: nameOf(url) }))}
          idOf={({ name }) => name}
          empty={<Empty title="No queues" text="They come with an application's stack." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ name }) => <To href={hrefs.queue(name)}>{name}</To>,
              sortingField: "name",
              isRowHeader: true,
            },
            { id: "kind", header: "Kind", cell: ({ name }) => (name.endsWith(".fifo") ? "FIFO" : "Standard") },
            {
              id: "waiting",
              header: "Waiting",
              cell: ({ url }) => <Of url={url} read={(all) => all.ApproximateNumberOfMessages} />,
            },
            {
              id: "flying",
              header: "In flight",
              cell: ({ url }) => <Of url={url} read={(all) => all.ApproximateNumberOfMessagesNotVisible} />,
            },
            {
              id: "delayed",
              header: "Delayed",
              cell: ({ url }) => <Of url={url} read={(all) => all.ApproximateNumberOfMessagesDelayed} />,
            },
            {
              id: "dead",
              header: "Dead letters to",
              cell: ({ url }) => <Of url={url} read={(all) => nameOf(deadLettersOf(all)?.arn ?? "–")} />,
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default QueuesPage;

/** Only the queues in sight are asked. */
const Of = ({ url, read }: { readonly url: string; readonly read: (all: Attributes) => string | undefined }) => {
  const { data } = useLoad(["sqs", "attributes", url], () => attributesOf(url));
  return <span className="figures">{data ? (read(data) ?? "–") : "…"}</span>;
};
