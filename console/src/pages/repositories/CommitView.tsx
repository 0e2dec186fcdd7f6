import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAws, useLoad } from "../../api/useAws.ts";
import { Facts, Mono } from "../../parts/Facts.tsx";
import { hrefs, To } from "../../parts/links.tsx";
import { Empty, Loaded } from "../../parts/states.tsx";
import { DataTable } from "../../parts/table.tsx";
import { exactTime } from "../../parts/time.tsx";
import { type Commit, differencesOf, timeOfCommit } from "./repositories.ts";

const KINDS = { A: "Added", M: "Modified", D: "Deleted" } as const;

/** One commit: who made it, and which files it changed. */
export const CommitView = ({ repository, id }: { readonly repository: string; readonly id: string }) => {
  const query = useAws("codecommit", "GetCommit", { repositoryName: repository, commitId: id });
  return (
    <Loaded query={query} what="the commit">
      {({ commit }) => commit && <Shown repository={repository} commit={commit} />}
    </Loaded>
  );
};

const Shown = ({ repository, commit }: { readonly repository: string; readonly commit: Commit }) => {
  const id = commit.commitId ?? "";
  const query = useLoad(["codecommit", "differences", repository, id], () => differencesOf(repository, commit));
  return (
    <SpaceBetween size="m">
      <Facts
        title={commit.message?.split("\n")[0] ?? id}
        facts={{
          Commit: <Mono>{id}</Mono>,
          Author: `${commit.author?.name} <${commit.author?.email}>`,
          When: exactTime(timeOfCommit(commit)),
          Parents: commit.parents?.map((parent) => (
            <div key={parent}>
              <To href={hrefs.repository(repository, "commit", parent)}>{parent.slice(0, 8)}</To>
            </div>
          )),
        }}
      />
      <Loaded query={query} what="what it changed">
        {(differences) => (
          <DataTable
            title="Changed files"
            items={differences}
            idOf={({ afterBlob, beforeBlob }) => afterBlob?.path ?? beforeBlob?.path ?? ""}
            empty={<Empty title="No file was changed" />}
            columns={[
              {
                id: "path",
                header: "Path",
                cell: ({ afterBlob, beforeBlob }) =>
                  afterBlob?.path ? (
                    <To href={hrefs.repository(repository, "files", id, afterBlob.path)}>{afterBlob.path}</To>
                  ) : (
                    beforeBlob?.path
                  ),
                isRowHeader: true,
              },
              { id: "kind", header: "Change", cell: ({ changeType }) => KINDS[changeType ?? "M"] },
            ]}
          />
        )}
      </Loaded>
    </SpaceBetween>
  );
};
