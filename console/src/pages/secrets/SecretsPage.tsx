import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago, dateOf } from "../../parts/time.tsx";

const secretsHere = () =>
  allPages("secretsmanager", "ListSecrets", { IncludePlannedDeletion: true }, ({ SecretList, NextToken }) => ({
    items: SecretList,
    next: NextToken ? { NextToken } : undefined,
  }));

const SecretsPage = () => {
  const query = useLoad(["secretsmanager", "secrets"], secretsHere);
  return (
    <Loaded query={query} what="secrets">
      {(secrets) => (
        <DataTable
          title="Secrets"
          headingTag="h1"
          items={secrets}
          idOf={({ Name = "" }) => Name}
          empty={<Empty title="No secrets" text="Their values lie encrypted; each is shown only when asked for." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ Name = "" }) => <To href={hrefs.secret(Name)}>{Name}</To>,
              sortingField: "Name",
              isRowHeader: true,
            },
            { id: "what", header: "Description", cell: ({ Description }) => Description ?? "–" },
            { id: "changed", header: "Changed", cell: ({ LastChangedDate }) => <Ago time={LastChangedDate} /> },
            { id: "read", header: "Read", cell: ({ LastAccessedDate }) => dateOf(LastAccessedDate) },
            { id: "deleted", header: "Deleted", cell: ({ DeletedDate }) => <Ago time={DeletedDate} /> },
          ]}
        />
      )}
    </Loaded>
  );
};

export default SecretsPage;
