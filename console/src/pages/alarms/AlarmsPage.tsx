import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { AlarmState } from "./AlarmState.tsx";
import { conditionOf } from "./alarms.ts";

const alarmsHere = () =>
  allPages(
    "cloudwatch",
    "DescribeAlarms",
    { AlarmTypes: ["MetricAlarm", "CompositeAlarm"] },
    ({ MetricAlarms = [], CompositeAlarms = [], NextToken }) => ({
      items: [
        ...MetricAlarms.map((alarm) => ({ ...alarm, condition: conditionOf(alarm) })),
        ...CompositeAlarms.map((alarm) => ({ ...alarm, condition: alarm.AlarmRule ?? "" })),
      ],
      next: NextToken ? { NextToken } : undefined,
    }),
  );

const AlarmsPage = () => {
  const query = useLoad(["cloudwatch", "alarms"], alarmsHere);
  return (
    <Loaded query={query} what="alarms">
      {(alarms) => (
        <DataTable
          title="Alarms"
          headingTag="h1"
          items={alarms}
          idOf={({ AlarmName = "" }) => AlarmName}
          empty={
            <Empty title="No alarms" text="Alarms stop rollouts and tell topics when a metric leaves its bounds." />
          }
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ AlarmName = "" }) => <To href={hrefs.alarm(AlarmName)}>{AlarmName}</To>,
              sortingField: "AlarmName",
              isRowHeader: true,
            },
            {
              id: "state",
              header: "State",
              cell: ({ StateValue }) => <AlarmState state={StateValue} />,
              sortingField: "StateValue",
            },
            {
              id: "condition",
              header: "Goes off when",
              minWidth: 260,
              cell: ({ condition }) => <span className="wrap">{condition}</span>,
            },
            { id: "since", header: "Since", cell: ({ StateUpdatedTimestamp }) => <Ago time={StateUpdatedTimestamp} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default AlarmsPage;
