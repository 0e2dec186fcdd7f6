import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const machinesHere = () =>
  allPages("states", "ListStateMachines", {}, ({ stateMachines, nextToken }) => ({
    items: stateMachines,
    next: nextToken ? { nextToken } : undefined,
  }));

const MachinesPage = () => {
  const query = useLoad(["states", "machines"], machinesHere);
  return (
    <Loaded query={query} what="state machines">
      {(machines) => (
        <DataTable
          title="State machines"
          headingTag="h1"
          items={machines}
          idOf={({ name = "" }) => name}
          empty={
            <Empty title="No state machines" text="Workflows of Step Functions come with an application's stack." />
          }
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ name = "" }) => <To href={hrefs.machine(name)}>{name}</To>,
              sortingField: "name",
              isRowHeader: true,
            },
            { id: "type", header: "Type", cell: ({ type }) => (type === "EXPRESS" ? "Express" : "Standard") },
            { id: "made", header: "Created", cell: ({ creationDate }) => <Ago time={creationDate} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default MachinesPage;
