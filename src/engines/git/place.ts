import { join } from "node:path";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import type { GitMeans } from "./gitCommand.ts";

/** A repository's key in the tables of the Git host; names are the same in any case of letters. */
export const keyOf = ({ owner, name }: RepositoryName): readonly [string, string] => [
  owner.toLowerCase(),
  name.toLowerCase(),
];

/** Where a repository's objects lie. */
export const repositoryPath = ({ deps }: Pick<GitMeans, "deps">, name: RepositoryName): string => {
  const [owner, repository] = keyOf(name);
  return join(deps.directory("git"), owner, `${repository}.git`);
};
