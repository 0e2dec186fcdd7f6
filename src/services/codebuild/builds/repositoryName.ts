import { codeCommitOwner, type RepositoryName } from "../../../kernel/gitHost.ts";

/** Whose builds look for a repository. */
interface Home {
  readonly account: string;
  readonly region: string;
}

/** The repository here that an address stands for, by its end. A CodeCommit repository is the account's own. */
export const repositoryNameOf = (location: string, home: Home): RepositoryName | undefined => {
  const [, host = "", named] = CODECOMMIT.exec(location) ?? [];
  if (named !== undefined) {
    const region = codeCommitRegion(host) ?? home.region;
    return { owner: codeCommitOwner({ account: home.account, region }), name: named };
  }
  const path = location
    .replace(/^git@[^:]+:/, "/")
    .replace(/^https?:\/\/[^/]+/, "")
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .replace(/^\/git\//, "/");
  const [name = "", owner = ""] = path.slice(1).split("/").reverse();
  return name === "" || owner === "" ? undefined : { owner, name };
};

const CODECOMMIT = /^https?:\/\/([^/:]+)(?::\d+)?\/v1\/repos\/([\w.-]+?)(?:\.git)?\/?$/;

/** The region in a name of CodeCommit's host; undefined in others. */
export const codeCommitRegion = (host: string): string | undefined =>
  /^git-codecommit(?:-fips)?\.([a-z0-9-]+)\./.exec(host)?.[1];
