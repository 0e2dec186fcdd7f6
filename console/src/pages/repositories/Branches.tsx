import { hrefs, To } from "../../parts/links.tsx";
import { Empty } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import type { Repository } from "./repositories.ts";

interface Props {
  readonly repository: Repository;
  readonly branches: readonly string[];
}

export const Branches = ({ repository: { repositoryName = "", defaultBranch }, branches }: Props) => (
  <DataTable
    title="Branches"
    items={branches.map((name) => ({ name }))}
    idOf={({ name }) => name}
    empty={<Empty title="No branches" />}
    columns={[
      {
        id: "name",
        header: "Name",
        cell: ({ name }) => <To href={hrefs.repository(repositoryName, "commits", name)}>{name}</To>,
        sortingField: "name",
        isRowHeader: true,
      },
      { id: "default", header: "Default", cell: ({ name }) => (name === defaultBranch ? "yes" : "") },
    ]}
  />
);
