import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, nameOf, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const functionsHere = () =>
  allPages("lambda", "ListFunctions", {}, ({ Functions, NextMarker }) => ({
    items: Functions,
    next: NextMarker ? { Marker: NextMarker } : undefined,
  }));

const FunctionsPage = () => {
  const query = useLoad(["lambda", "functions"], functionsHere);
  return (
    <Loaded query={query} what="functions">
      {(functions) => (
        <DataTable
          title="Functions"
          headingTag="h1"
          items={functions}
          idOf={({ FunctionName = "" }) => FunctionName}
          empty={<Empty title="No functions" text="They come with an application's stack." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ FunctionName = "" }) => <To href={hrefs.function(FunctionName)}>{FunctionName}</To>,
              sortingField: "FunctionName",
              isRowHeader: true,
            },
            { id: "runtime", header: "Runtime", cell: ({ Runtime }) => Runtime, sortingField: "Runtime" },
            { id: "handler", header: "Handler", cell: ({ Handler }) => Handler },
            {
              id: "memory",
              header: "Memory",
              cell: ({ MemorySize }) => `${MemorySize} MB`,
              sortingField: "MemorySize",
            },
            { id: "timeout", header: "Timeout", cell: ({ Timeout }) => `${Timeout} s`, sortingField: "Timeout" },
            {
              id: "role",
              header: "Role",
              cell: ({ Role = "" }) => <To href={hrefs.role(nameOf(Role))}>{nameOf(Role)}</To>,
            },
            {
              id: "changed",
              header: "Changed",
              cell: ({ LastModified }) => <Ago time={LastModified} />,
              sortingField: "LastModified",
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default FunctionsPage;
