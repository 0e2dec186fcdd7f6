import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { apisHere } from "./apis.ts";

const ApisPage = () => {
  const query = useLoad(["apigatewayv2", "apis"], apisHere);
  return (
    <Loaded query={query} what="APIs">
      {(apis) => (
        <DataTable
          title="APIs"
          headingTag="h1"
          items={apis}
          idOf={({ id }) => id}
          empty={<Empty title="No APIs" text="They come with an application's stack." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ id, name }) => <To href={hrefs.api(id)}>{name}</To>,
              sortingField: "name",
              isRowHeader: true,
            },
            { id: "kind", header: "Kind", cell: ({ kind }) => kind, sortingField: "kind" },
            { id: "id", header: "Id", cell: ({ id }) => <span className="mono">{id}</span> },
            { id: "created", header: "Created", cell: ({ created }) => <Ago time={created} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default ApisPage;
