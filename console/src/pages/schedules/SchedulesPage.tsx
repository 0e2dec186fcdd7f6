import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, Place, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const schedulesHere = () =>
  allPages("scheduler", "ListSchedules", {}, ({ Schedules, NextToken }) => ({
    items: Schedules,
    next: NextToken ? { NextToken } : undefined,
  }));

const SchedulesPage = () => {
  const query = useLoad(["scheduler", "schedules"], schedulesHere);
  return (
    <Loaded query={query} what="schedules">
      {(schedules) => (
        <DataTable
          title="Schedules"
          headingTag="h1"
          items={schedules}
          idOf={({ Arn = "" }) => Arn}
          empty={
            <Empty title="No schedules" text="Schedules of EventBridge Scheduler; those of rules are with their bus." />
          }
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ Name = "", GroupName = "" }) => <To href={hrefs.schedule(GroupName, Name)}>{Name}</To>,
              sortingField: "Name",
              isRowHeader: true,
            },
            { id: "group", header: "Group", cell: ({ GroupName }) => GroupName, sortingField: "GroupName" },
            { id: "state", header: "State", cell: ({ State }) => <Status status={State} />, sortingField: "State" },
            { id: "target", header: "Target", minWidth: 120, cell: ({ Target }) => <Place arn={Target?.Arn ?? ""} /> },
            {
              id: "changed",
              header: "Changed",
              cell: ({ LastModificationDate }) => <Ago time={LastModificationDate} />,
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default SchedulesPage;
