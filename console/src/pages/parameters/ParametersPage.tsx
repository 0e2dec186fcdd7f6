import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const parametersHere = () =>
  allPages("ssm", "DescribeParameters", { MaxResults: 50 }, ({ Parameters, NextToken }) => ({
    items: Parameters,
    next: NextToken ? { NextToken } : undefined,
  }));

const ParametersPage = () => {
  const query = useLoad(["ssm", "parameters"], parametersHere);
  return (
    <Loaded query={query} what="parameters">
      {(parameters) => (
        <DataTable
          title="Parameters"
          headingTag="h1"
          items={parameters}
          idOf={({ Name = "" }) => Name}
          empty={
            <Empty
              title="No parameters"
              text="Values of the Parameter Store, which stacks, builds and functions read."
            />
          }
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ Name = "" }) => <To href={hrefs.parameter(Name)}>{Name}</To>,
              sortingField: "Name",
              isRowHeader: true,
            },
            { id: "type", header: "Type", cell: ({ Type }) => Type, sortingField: "Type" },
            { id: "version", header: "Version", cell: ({ Version }) => Version, sortingField: "Version" },
            { id: "what", header: "Description", cell: ({ Description }) => Description ?? "–" },
            { id: "changed", header: "Changed", cell: ({ LastModifiedDate }) => <Ago time={LastModifiedDate} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default ParametersPage;
