import type { RepositoryName } from "../../../kernel/gitHost.ts";

/** The repository here that an address stands for, by its end; a CodeCommit repository has no owner but CodeCommit. */
export const repositoryNameOf = (location: string): RepositoryName | undefined => {
  const path = location
    .replace(/^git@[^:]+:/, "/")
    .replace(/^https?:\/\/[^/]+/, "")
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .replace(/^\/(?:git|v1\/repos)\//, "/");
  const [name = "", owner = "codecommit"] = path.slice(1).split("/").reverse();
  return name === "" || owner === "" ? undefined : { owner, name };
};
