import Box from "@cloudscape-design/components/box";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useAws, useLoad } from "../../api/useAws.ts";
import { hrefs } from "../../parts/links.tsx";
import { Empty } from "../../parts/states.tsx";
import { LoadedThing, ThingPage } from "../../parts/ThingPage.tsx";
import { Branches } from "./Branches.tsx";
import { Commits } from "./Commits.tsx";
import { CommitView } from "./CommitView.tsx";
import { Files } from "./Files.tsx";
import { PullRequests } from "./PullRequests.tsx";
import { branchesOf, type Repository } from "./repositories.ts";

interface Props {
  readonly params: {
    readonly name: string;
    readonly tab?: string | undefined;
    /** A branch, or a commit. */
    readonly at?: string | undefined;
    readonly path?: string | undefined;
  };
}

const RepositoryPage = ({ params: { name, tab = "files", at, path = "" } }: Props) => {
  const query = useAws("codecommit", "GetRepository", { repositoryName: name });
  const frame = { list: ["CodeCommit", "#/repositories"], name, href: hrefs.repository(name) } as const;
  return (
    <LoadedThing query={query} what="the repository" {...frame}>
      {({ repositoryMetadata: repository = {} }) => (
        <ThingPage {...frame}>
          {repository.repositoryDescription && <Box>{repository.repositoryDescription}</Box>}
          <RepositoryTabs repository={repository} tab={tab} at={at ?? repository.defaultBranch} path={path} />
        </ThingPage>
      )}
    </LoadedThing>
  );
};

export default RepositoryPage;

interface TabsProps {
  readonly repository: Repository;
  readonly tab: string;
  readonly at: string | undefined;
  readonly path: string;
}

const RepositoryTabs = ({ repository, tab, at, path }: TabsProps) => {
  const [, go] = useLocation();
  const name = repository.repositoryName ?? "";
  const { data: branches = [] } = useLoad(["codecommit", "branches", name], () => branchesOf(name));
  if (at === undefined)
    return (
      <Empty
        title="Nothing was pushed yet"
        text={<span className="mono wrap">git push {repository.cloneUrlHttp} main</span>}
      />
    );
  const to = (wanted: string, ref = at) => go(hrefs.repository(name, wanted, ref).slice(1));
  const branch = (
    <div className="narrow">
      <Select
        ariaLabel="Branch"
        options={branches.map((value) => ({ value }))}
        selectedOption={{ value: at }}
        onChange={({ detail }) => to(tab, detail.selectedOption.value)}
      />
    </div>
  );
  const withBranch = (content: ReactNode) => (
    <SpaceBetween size="m">
      {branch}
      {content}
    </SpaceBetween>
  );
  return (
    <Tabs
      ariaLabel="About the repository"
      activeTabId={tab === "commit" ? "commits" : tab}
      onChange={({ detail }) => to(detail.activeTabId, tab === "commit" ? repository.defaultBranch : at)}
      tabs={[
        { id: "files", label: "Files", content: withBranch(<Files repository={name} at={at} path={path} />) },
        {
          id: "commits",
          label: "Commits",
          content:
            tab === "commit" ? (
              <CommitView repository={name} id={at} />
            ) : (
              withBranch(<Commits repository={name} branch={at} />)
            ),
        },
        { id: "branches", label: "Branches", content: <Branches repository={repository} branches={branches} /> },
        { id: "pulls", label: "Pull requests", content: <PullRequests repository={name} /> },
      ]}
    />
  );
};
