import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Status } from "../../parts/Status.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { stacksHere } from "./stacks.ts";

const StacksPage = () => {
  const query = useLoad(["cloudformation", "stacks"], stacksHere);
  return (
    <Loaded query={query} what="stacks">
      {(stacks) => (
        <DataTable
          title="Stacks"
          headingTag="h1"
          items={stacks}
          idOf={({ StackId = "" }) => StackId}
          empty={<Empty title="No stacks" text="What your templates describe is listed here." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ StackName = "" }) => <To href={hrefs.stack(StackName)}>{StackName}</To>,
              sortingField: "StackName",
              isRowHeader: true,
            },
            {
              id: "status",
              header: "Status",
              cell: ({ StackStatus }) => <Status status={StackStatus} />,
              sortingField: "StackStatus",
            },
            { id: "what", header: "Description", cell: ({ TemplateDescription }) => TemplateDescription ?? "–" },
            {
              id: "changed",
              header: "Changed",
              cell: ({ LastUpdatedTime, CreationTime }) => <Ago time={LastUpdatedTime ?? CreationTime} />,
              sortingComparator: (a, b) => changedAt(a).localeCompare(changedAt(b)),
            },
          ]}
        />
      )}
    </Loaded>
  );
};

const changedAt = (stack: { LastUpdatedTime?: string | undefined; CreationTime?: string | undefined }): string =>
  stack.LastUpdatedTime ?? stack.CreationTime ?? "";

export default StacksPage;
