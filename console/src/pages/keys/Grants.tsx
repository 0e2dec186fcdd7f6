import { useLoad } from "../../api/useAws.ts";
import { nameOf } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { grantsOf } from "./keys.ts";

/** Who may use a key beside those whom its policy lets. */
export const Grants = ({ id }: { readonly id: string }) => {
  const query = useLoad(["kms", "grants", id], () => grantsOf(id));
  return (
    <Loaded query={query} what="grants">
      {(grants) => (
        <DataTable
          title="Grants"
          items={grants}
          idOf={({ GrantId = "" }) => GrantId}
          empty={<Empty title="No grants" text="Its policy says who may use it." />}
          columns={[
            {
              id: "who",
              header: "To",
              cell: ({ GranteePrincipal = "" }) => nameOf(GranteePrincipal),
              isRowHeader: true,
            },
            { id: "what", header: "Operations", minWidth: 240, cell: ({ Operations }) => Operations?.join(", ") },
            { id: "name", header: "Name", cell: ({ Name }) => Name || "–" },
            { id: "when", header: "Created", cell: ({ CreationDate }) => <Ago time={CreationDate} /> },
          ]}
        />
      )}
    </Loaded>
  );
};
