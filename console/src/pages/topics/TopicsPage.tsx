import { allPages } from "../../api/pages.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";

const topicsHere = () =>
  allPages("sns", "ListTopics", {}, ({ Topics, NextToken }) => ({
    items: Topics?.map(({ TopicArn = "" }) => ({ arn: TopicArn, name: nameOf(TopicArn) })),
    next: NextToken ? { NextToken } : undefined,
  }));

const TopicsPage = () => {
  const query = useLoad(["sns", "topics"], topicsHere);
  return (
    <Loaded query={query} what="topics">
      {(topics) => (
        <DataTable
          title="Topics"
          headingTag="h1"
          items={topics}
          idOf={({ name }) => name}
          empty={<Empty title="No topics" text="They come with an application's stack." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ name }) => <To href={hrefs.topic(name)}>{name}</To>,
              sortingField: "name",
              isRowHeader: true,
            },
            { id: "kind", header: "Kind", cell: ({ name }) => (name.endsWith(".fifo") ? "FIFO" : "Standard") },
            { id: "subscriptions", header: "Subscriptions", cell: ({ arn }) => <Subscribed arn={arn} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default TopicsPage;

/** Only the topics in sight are asked. */
const Subscribed = ({ arn }: { readonly arn: string }) => {
  const { data } = useAws("sns", "GetTopicAttributes", { TopicArn: arn });
  return <span className="figures">{data?.Attributes?.["SubscriptionsConfirmed"] ?? "…"}</span>;
};
