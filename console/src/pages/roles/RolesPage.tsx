import { allPages } from "../../api/pages.ts";
import { useLoad } from "../../api/useAws.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const rolesHere = () =>
  allPages("iam", "ListRoles", {}, ({ Roles, IsTruncated, Marker }) => ({
    items: Roles,
    next: IsTruncated && Marker ? { Marker } : undefined,
  }));

/** Who may assume a role, as its trust policy says. */
export const trusted = (document: string | undefined): string => {
  try {
    const { Statement } = JSON.parse(decodeURIComponent(document ?? ""));
    const statements = Array.isArray(Statement) ? Statement : [Statement];
    const names = statements.flatMap(({ Principal }) =>
      typeof Principal === "string" ? [Principal] : Object.values(Principal ?? {}).flat(),
    );
    return names.join(", ");
  } catch {
    // Shown as a document on the role's own page.
    return "";
  }
};

const RolesPage = () => {
  const query = useLoad(["iam", "roles"], rolesHere);
  return (
    <Loaded query={query} what="roles">
      {(roles) => (
        <DataTable
          title="Roles"
          headingTag="h1"
          description="Everything that is launched here runs as its role, and may do what its policies allow."
          items={roles}
          idOf={({ Arn = "" }) => Arn}
          empty={<Empty title="No roles" />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ RoleName = "" }) => <To href={hrefs.role(RoleName)}>{RoleName}</To>,
              sortingField: "RoleName",
              isRowHeader: true,
            },
            {
              id: "trust",
              header: "Trusted",
              cell: ({ AssumeRolePolicyDocument }) => trusted(AssumeRolePolicyDocument),
            },
            {
              id: "created",
              header: "Created",
              cell: ({ CreateDate }) => <Ago time={CreateDate} />,
              sortingField: "CreateDate",
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default RolesPage;
