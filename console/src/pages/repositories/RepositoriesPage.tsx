import type { ReactNode } from "react";
import { useAws, useLoad } from "../../api/useAws.ts";
import { hrefs, Out, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { type Repository, repositoriesHere } from "./repositories.ts";

const RepositoriesPage = () => {
  const query = useLoad(["codecommit", "repositories"], repositoriesHere);
  return (
    <Loaded query={query} what="repositories">
      {(repositories) => (
        <DataTable
          title="CodeCommit repositories"
          headingTag="h1"
          description={
            <>
              Those of GitHub, and of others that pipelines take as GitHub's, are on the{" "}
              <Out href="/git/">pages of the Git host</Out>
            </>
          }
          items={repositories}
          idOf={({ repositoryId = "" }) => repositoryId}
          empty={<Empty title="No repositories" text="aws codecommit create-repository makes one." />}
          columns={[
            {
              id: "name",
              header: "Name",
              cell: ({ repositoryName = "" }) => <To href={hrefs.repository(repositoryName)}>{repositoryName}</To>,
              sortingField: "repositoryName",
              isRowHeader: true,
            },
            {
              id: "what",
              header: "Description",
              cell: ({ repositoryName = "" }) => (
                <Facts name={repositoryName}>{({ repositoryDescription }) => repositoryDescription || "–"}</Facts>
              ),
            },
            {
              id: "clone",
              header: "Clone with",
              cell: ({ repositoryName = "" }) => (
                <Facts name={repositoryName}>
                  {({ cloneUrlHttp }) => <span className="mono wrap">{cloneUrlHttp}</span>}
                </Facts>
              ),
            },
          ]}
        />
      )}
    </Loaded>
  );
};

export default RepositoriesPage;

/** What the list does not tell of a repository: only those in sight are asked. */
const Facts = ({
  name,
  children,
}: {
  readonly name: string;
  readonly children: (repository: Repository) => ReactNode;
}) => {
  const { data } = useAws("codecommit", "GetRepository", { repositoryName: name });
  return <>{data?.repositoryMetadata ? children(data.repositoryMetadata) : "…"}</>;
};
