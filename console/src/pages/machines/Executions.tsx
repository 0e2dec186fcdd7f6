import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, Took } from "../../parts/time.tsx";

const executionsOf = (stateMachineArn: string) =>
  allPages("states", "ListExecutions", { stateMachineArn, maxResults: 1000 }, ({ executions, nextToken }) => ({
    items: executions,
    next: nextToken ? { nextToken } : undefined,
  }));

/** The runs of a state machine, the newest first. */
export const Executions = ({ machine, arn }: { readonly machine: string; readonly arn: string }) => {
  const query = useLoad(["states", "executions", arn], () => executionsOf(arn));
  return (
    <Loaded query={query} what="executions">
      {(executions) => (
        <DataTable
          title="Executions"
          items={executions}
          idOf={({ executionArn = "" }) => executionArn}
          empty={<Empty title="It has not run yet" text="Start an execution below." />}
          columns={[
            {
              id: "name",
              header: "Execution",
              cell: ({ name, executionArn = "" }) => <To href={hrefs.execution(machine, executionArn)}>{name}</To>,
              sortingField: "name",
              isRowHeader: true,
            },
            {
              id: "status",
              header: "Status",
              cell: ({ status }) => <Status status={status === "RUNNING" ? "IN_PROGRESS" : status} />,
              sortingField: "status",
            },
            {
              id: "started",
              header: "Started",
              cell: ({ startDate }) => <Ago time={startDate} />,
              sortingField: "startDate",
            },
            { id: "took", header: "Took", cell: ({ startDate, stopDate }) => <Took from={startDate} to={stopDate} /> },
          ]}
        />
      )}
    </Loaded>
  );
};
