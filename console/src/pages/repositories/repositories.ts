import { call, type Output } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";

export type Repository = NonNullable<Output<"codecommit", "GetRepository">["repositoryMetadata"]>;
export type Commit = NonNullable<Output<"codecommit", "GetCommit">["commit"]>;
export type PullRequest = NonNullable<Output<"codecommit", "GetPullRequest">["pullRequest"]>;
type Difference = NonNullable<Output<"codecommit", "GetDifferences">["differences"]>[number];

const next = (nextToken: string | undefined) => (nextToken ? { nextToken } : undefined);

export const repositoriesHere = () =>
  allPages(
    "codecommit",
    "ListRepositories",
    { sortBy: "lastModifiedDate", order: "descending" },
    ({ repositories, nextToken }) => ({ items: repositories, next: next(nextToken) }),
  );

export const branchesOf = (repositoryName: string): Promise<readonly string[]> =>
  allPages("codecommit", "ListBranches", { repositoryName }, ({ branches, nextToken }) => ({
    items: branches,
    next: next(nextToken),
  }));

const COMMITS_PER_PAGE = 25;

/** Commits from one on, each before its first parent. */
export const commitsFrom = async (repositoryName: string, commitId: string): Promise<readonly Commit[]> => {
  const commits: Commit[] = [];
  for (let id: string | undefined = commitId; id !== undefined && commits.length < COMMITS_PER_PAGE; ) {
    const { commit }: Output<"codecommit", "GetCommit"> = await call("codecommit", "GetCommit", {
      repositoryName,
      commitId: id,
    });
    if (commit) commits.push(commit);
    id = commit?.parents?.[0];
  }
  return commits;
};

/** The files that a commit changed, as against its first parent. */
export const differencesOf = (repositoryName: string, { commitId, parents }: Commit): Promise<readonly Difference[]> =>
  allPages(
    "codecommit",
    "GetDifferences",
    {
      repositoryName,
      afterCommitSpecifier: commitId,
      ...(parents?.[0] ? { beforeCommitSpecifier: parents[0] } : {}),
    },
    ({ differences, NextToken }) => ({ items: differences, next: NextToken ? { NextToken } : undefined }),
  );

const pullRequestIds = (repositoryName: string): Promise<readonly string[]> =>
  allPages("codecommit", "ListPullRequests", { repositoryName }, ({ pullRequestIds: ids, nextToken }) => ({
    items: ids,
    next: next(nextToken),
  }));

const MAX_PULL_REQUESTS = 100;

/** The newest pull requests, open and closed. */
export const pullRequestsOf = async (repositoryName: string): Promise<readonly PullRequest[]> => {
  const ids = (await pullRequestIds(repositoryName)).toSorted((a, b) => Number(b) - Number(a));
  const found = await Promise.all(
    ids.slice(0, MAX_PULL_REQUESTS).map((pullRequestId) => call("codecommit", "GetPullRequest", { pullRequestId })),
  );
  return found.flatMap(({ pullRequest }) => pullRequest ?? []);
};

/** When a commit was made: Git's seconds and the zone of who made it. */
export const timeOfCommit = ({ committer }: Commit): number | undefined => {
  const seconds = Number.parseInt(committer?.date ?? "", 10);
  return Number.isNaN(seconds) ? undefined : seconds * 1000;
};
