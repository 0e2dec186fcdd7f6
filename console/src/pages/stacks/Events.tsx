import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";
import { eventsOf } from "./stacks.ts";
import { Timeline } from "./Timeline.tsx";

export const Events = ({ stack }: { readonly stack: string }) => {
  const [view, setView] = useState("timeline");
  const query = useLoad(["cloudformation", "events", stack], () => eventsOf(stack));
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
      <Loaded query={query} what="events">
        {(events) =>
          view === "timeline" ? (
            <Timeline stack={stack} events={events} />
          ) : (
            <DataTable
              title="Events"
              items={events}
              idOf={({ EventId = "" }) => EventId}
              empty={<Empty title="No events" />}
              pageSize={50}
              columns={[
                {
                  id: "time",
                  header: "Time",
                  cell: ({ Timestamp }) => exactTime(Timestamp),
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
          )
        }
      </Loaded>
    </SpaceBetween>
  );
};
