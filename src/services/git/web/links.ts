import type { RepositoryRecord } from "../records.ts";

/** The address of a page of a repository; what is given is escaped part by part. */
export const linkTo = (repository: RepositoryRecord, ...parts: readonly string[]): string =>
  ["/git", repository.owner, nameOf(repository), ...parts.flatMap((part) => part.split("/"))]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join("/");

/** What people call a repository. */
export const nameOf = ({ title, name }: RepositoryRecord): string => title ?? name;
