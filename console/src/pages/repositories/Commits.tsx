import { call } from "../../api/call.ts";
import { usePages } from "../../api/usePages.ts";
import { hrefs, To } from "../../parts/links.tsx";
import { ReadMore } from "../../parts/ReadMore.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { type Commit, commitsFrom, timeOfCommit } from "./repositories.ts";

/** A branch's commits, the newest first. */
export const Commits = ({ repository, branch }: { readonly repository: string; readonly branch: string }) => {
  const query = usePages<readonly Commit[], string>(
    ["codecommit", "commits", repository, branch],
    async (from) => commitsFrom(repository, from ?? (await tipOf(repository, branch))),
    (page) => page.at(-1)?.parents?.[0],
  );
  return (
    <Loaded query={query} what="commits">
      {({ pages }) => {
        const commits = pages.flat();
        return (
          <DataTable
            title="Commits"
            items={commits}
            counter={`(${commits.length}${query.hasNextPage ? "+" : ""})`}
            actions={<ReadMore query={query} />}
            idOf={({ commitId = "" }) => commitId}
            empty={<Empty title="No commits" />}
            columns={[
              {
                id: "id",
                header: "Commit",
                cell: ({ commitId = "" }) => (
                  <To href={hrefs.repository(repository, "commit", commitId)}>{commitId.slice(0, 8)}</To>
                ),
                isRowHeader: true,
              },
              { id: "message", header: "Message", cell: ({ message = "" }) => message.split("\n")[0] },
              { id: "author", header: "Author", cell: ({ author }) => author?.name ?? "–" },
              { id: "when", header: "When", cell: (commit) => <Ago time={timeOfCommit(commit)} /> },
            ]}
          />
        );
      }}
    </Loaded>
  );
};

const tipOf = async (repositoryName: string, branchName: string): Promise<string> =>
  (await call("codecommit", "GetBranch", { repositoryName, branchName })).branch?.commitId ?? "";
