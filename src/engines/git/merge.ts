import type { RepositoryName } from "../../kernel/gitHost.ts";
import { type GitMeans, gitText } from "./gitCommand.ts";
import { repositoryPath } from "./place.ts";

/** The tree that comes of merging `head` into `base`; undefined when they are in conflict. */
export const mergedTree = async (
  means: GitMeans,
  repository: RepositoryName,
  base: string,
  head: string,
): Promise<string | undefined> => {
  try {
    const merged = await gitText(means, ["merge-tree", "--write-tree", "--no-messages", base, head], {
      cwd: repositoryPath(means, repository),
    });
    return merged.split("\n")[0];
  } catch {
    // It exits with 1 when the same lines were changed on both sides.
    return undefined;
  }
};
