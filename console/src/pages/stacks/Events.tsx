import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { call, type Output } from "../../api/call.ts";
import { useLoad } from "../../api/useAws.ts";
import { usePages } from "../../api/usePages.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { ReadMore } from "../../parts/ReadMore.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";
import { lastEventsOf } from "./stacks.ts";
import { Timeline } from "./Timeline.tsx";

export const Events = ({ stack }: { readonly stack: string }) => {
  const [view, setView] = useState("timeline");
  return (
    <SpaceBetween size="m">
      <SegmentedControl
        label="View"
        selectedId={view}
        onChange={({ detail }) => setView(detail.selectedId)}
        options={[
          { id: "timeline", text: "Timeline" },
          { id: "list", text: "List" },
        ]}
      />
      {view === "timeline" ? <LastOperation stack={stack} /> : <EventList stack={stack} />}
    </SpaceBetween>
  );
};

const LastOperation = ({ stack }: { readonly stack: string }) => {
  const query = useLoad(["cloudformation", "last-events", stack], () => lastEventsOf(stack));
  return (
    <Loaded query={query} what="events">
      {(events) => <Timeline stack={stack} events={events} />}
    </Loaded>
  );
};

/** The newest first, page by page: a stack that is deployed often has thousands. */
const EventList = ({ stack }: { readonly stack: string }) => {
  const query = usePages<Output<"cloudformation", "DescribeStackEvents">, string>(
    ["cloudformation", "events", stack],
    (NextToken) =>
      call("cloudformation", "DescribeStackEvents", { StackName: stack, ...(NextToken ? { NextToken } : {}) }),
    ({ NextToken }) => NextToken,
  );
  return (
    <Loaded query={query} what="events">
      {({ pages }) => {
        const events = pages.flatMap(({ StackEvents = [] }) => StackEvents);
        return (
          <DataTable
            title="Events"
            items={events}
            counter={`(${events.length}${query.hasNextPage ? "+" : ""})`}
            actions={<ReadMore query={query} />}
            idOf={({ EventId = "" }) => EventId}
            empty={<Empty title="No events" />}
            pageSize={50}
            columns={[
              {
                id: "time",
                header: "Time",
                cell: ({ Timestamp }) => <span className="figures">{exactTime(Timestamp)}</span>,
                sortingField: "Timestamp",
              },
              {
                id: "id",
                header: "Logical id",
                cell: ({ LogicalResourceId = "" }) => (
                  <To href={`${hrefs.stack(stack, "template")}/${LogicalResourceId}`}>{LogicalResourceId}</To>
                ),
                sortingField: "LogicalResourceId",
                isRowHeader: true,
              },
              { id: "type", header: "Type", cell: ({ ResourceType }) => ResourceType },
              { id: "status", header: "Status", cell: ({ ResourceStatus }) => <Status status={ResourceStatus} /> },
              { id: "reason", header: "Reason", cell: ({ ResourceStatusReason }) => ResourceStatusReason ?? "" },
            ]}
          />
        );
      }}
    </Loaded>
  );
};
