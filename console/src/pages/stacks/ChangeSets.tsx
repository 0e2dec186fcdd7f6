import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAws } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import ChangeSetView from "./ChangeSetView.tsx";

export const ChangeSets = ({ stack, selected }: { readonly stack: string; readonly selected: string | undefined }) => {
  const query = useAws("cloudformation", "ListChangeSets", { StackName: stack });
  return (
    <SpaceBetween size="l">
      <Loaded query={query} what="change sets">
        {({ Summaries = [] }) => (
          <DataTable
            title="Change sets"
            items={Summaries}
            idOf={({ ChangeSetId = "" }) => ChangeSetId}
            empty={<Empty title="No change sets" text="A pipeline makes one before it changes the stack." />}
            columns={[
              {
                id: "name",
                header: "Name",
                cell: ({ ChangeSetName = "" }) => <To href={hrefs.changeSet(stack, ChangeSetName)}>{ChangeSetName}</To>,
                isRowHeader: true,
              },
              { id: "status", header: "Status", cell: ({ Status: status }) => <Status status={status} /> },
              { id: "execution", header: "Execution", cell: ({ ExecutionStatus }) => ExecutionStatus ?? "–" },
              { id: "when", header: "Made", cell: ({ CreationTime }) => <Ago time={CreationTime} /> },
            ]}
          />
        )}
      </Loaded>
      {selected && <ChangeSetView stack={stack} changeSet={selected} />}
    </SpaceBetween>
  );
};
