import type { RepositoryRecord } from "../records.ts";

/** The address of a page of a repository; what is given is escaped part by part. */
export const linkTo = ({ owner, name }: RepositoryRecord, ...parts: readonly string[]): string =>
  ["/git", owner, name, ...parts.flatMap((part) => part.split("/"))]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join("/");
