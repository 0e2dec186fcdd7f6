import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { cloudNow } from "../../api/session.ts";
import { useLoad } from "../../api/useAws.ts";
import { Json } from "../../parts/Json.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";
import { Waterfall } from "../../parts/Waterfall.tsx";
import { detailsOf, historyOf, spansOf } from "./history.ts";

/** While an execution runs, nobody tells of each of its states. */
const REFRESH_MS = 1000;

/** What an execution went through: its states as a waterfall, and its events. */
export const History = ({ arn, isRunning }: { readonly arn: string; readonly isRunning: boolean }) => {
  const query = useLoad(["states", "history", arn, isRunning], () => historyOf(arn), {
    refreshMs: isRunning ? REFRESH_MS : undefined,
  });
  return (
    <Loaded query={query} what="the history">
      {(events) => {
        const spans = spansOf(events, cloudNow());
        return (
          <SpaceBetween size="l">
            {spans.length > 0 && (
              <Container header={<Header>States</Header>}>
                <Waterfall label="States of the execution" stretches={spans} />
              </Container>
            )}
            <DataTable
              title="Events"
              items={events}
              idOf={({ id }) => String(id)}
              pageSize={50}
              empty={<Empty title="Nothing happened yet" />}
              columns={[
                { id: "id", header: "Id", cell: ({ id }) => id, sortingField: "id" },
                {
                  id: "type",
                  header: "Event",
                  cell: ({ type = "" }) =>
                    /Failed|TimedOut|Aborted/.test(type) ? <Status status="FAILED" text={type} /> : type,
                  sortingField: "type",
                  isRowHeader: true,
                },
                { id: "when", header: "When", minWidth: 180, cell: ({ timestamp }) => exactTime(timestamp) },
                {
                  id: "detail",
                  header: "Detail",
                  minWidth: 320,
                  cell: (event) => <Detail value={detailsOf(event)} />,
                },
              ]}
            />
          </SpaceBetween>
        );
      }}
    </Loaded>
  );
};

const Detail = ({ value }: { readonly value: object | undefined }) =>
  value ? <Json value={value} label="Detail" /> : <>–</>;
