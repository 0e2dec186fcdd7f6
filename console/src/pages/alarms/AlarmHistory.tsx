import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";

const historyOf = (AlarmName: string) =>
  allPages(
    "cloudwatch",
    "DescribeAlarmHistory",
    { AlarmName, AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100 },
    ({ AlarmHistoryItems, NextToken }) => ({
      items: AlarmHistoryItems?.map((item, index) => ({ ...item, id: `${item.Timestamp} ${index}` })),
      next: NextToken ? { NextToken } : undefined,
    }),
  );

/** What became of an alarm, the newest first. */
export const AlarmHistory = ({ name }: { readonly name: string }) => {
  const query = useLoad(["cloudwatch", "history", name], () => historyOf(name));
  return (
    <Loaded query={query} what="the history">
      {(items) => (
        <DataTable
          title="History"
          items={items}
          idOf={({ id }) => id}
          empty={<Empty title="Nothing happened yet" />}
          columns={[
            {
              id: "when",
              header: "When",
              cell: ({ Timestamp }) => <span className="figures">{exactTime(Timestamp)}</span>,
              sortingField: "Timestamp",
            },
            {
              id: "kind",
              header: "Kind",
              cell: ({ HistoryItemType }) => HistoryItemType,
              sortingField: "HistoryItemType",
            },
            {
              id: "what",
              header: "What",
              minWidth: 280,
              cell: ({ HistorySummary }) => <span className="wrap">{HistorySummary}</span>,
              isRowHeader: true,
            },
          ]}
        />
      )}
    </Loaded>
  );
};
