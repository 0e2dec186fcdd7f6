import { allPages } from "../../api/pages.ts";
import { useAws, useLoad } from "../../api/useAws.ts";
import { Place } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";

const PENDING = "PendingConfirmation";

const subscriptionsOf = (TopicArn: string) =>
  allPages("sns", "ListSubscriptionsByTopic", { TopicArn }, ({ Subscriptions: items, NextToken }) => ({
    items,
    next: NextToken ? { NextToken } : undefined,
  }));

/** Who hears what is published to a topic. */
export const Subscriptions = ({ topic }: { readonly topic: string }) => {
  const query = useLoad(["sns", "subscriptions", topic], () => subscriptionsOf(topic));
  return (
    <Loaded query={query} what="subscriptions">
      {(subscriptions) => (
        <DataTable
          title="Subscriptions"
          items={subscriptions}
          idOf={({ SubscriptionArn, Endpoint }) => `${SubscriptionArn} ${Endpoint}`}
          empty={<Empty title="Nobody listens" text="What is published here is told to nobody." />}
          columns={[
            {
              id: "endpoint",
              header: "Endpoint",
              minWidth: 180,
              cell: ({ Endpoint = "" }) => <Place arn={Endpoint} />,
              isRowHeader: true,
              sortingField: "Endpoint",
            },
            { id: "protocol", header: "Protocol", cell: ({ Protocol }) => Protocol, sortingField: "Protocol" },
            {
              id: "state",
              header: "State",
              cell: ({ SubscriptionArn }) =>
                SubscriptionArn === PENDING ? (
                  <Status status="Pending" text="to be confirmed" />
                ) : (
                  <Status status="Active" text="confirmed" />
                ),
            },
            {
              id: "filter",
              header: "Filter",
              minWidth: 240,
              cell: ({ SubscriptionArn = "" }) => <Filter arn={SubscriptionArn} />,
            },
          ]}
        />
      )}
    </Loaded>
  );
};

/** Its filter policy, and what of a message it looks at. */
const Filter = ({ arn }: { readonly arn: string }) => {
  const { data } = useAws(
    "sns",
    "GetSubscriptionAttributes",
    { SubscriptionArn: arn },
    { enabled: arn.startsWith("arn:") },
  );
  const { FilterPolicy, FilterPolicyScope } = data?.Attributes ?? {};
  if (!FilterPolicy) return <>–</>;
  return (
    <span className="mono wrap">
      {FilterPolicyScope === "MessageBody" ? "body " : ""}
      {FilterPolicy}
    </span>
  );
};
