import { posix } from "node:path";
import type { BuildRecord, ProjectSettings } from "../records.ts";

type Wish = ProjectSettings["artifacts"];

/** What a build's buildspec says of an artifact's place. */
interface Named {
  readonly name?: string | undefined;
  readonly s3Prefix?: string | undefined;
}

export const artifactBucket = ({ location = "" }: Wish): string => location.replace(/^arn:[^:]+:s3:::/, "");

/** `path/namespace/name`; without packaging a name of `/` means the folder itself. */
export const artifactKey = (
  { id, projectName }: Pick<BuildRecord, "id" | "projectName">,
  wish: Wish,
  { name, s3Prefix }: Named = {},
): string => {
  const namespace = wish.namespaceType === "BUILD_ID" ? (id.split(":")[1] ?? "") : "";
  const parts = [s3Prefix ?? "", wish.path ?? "", namespace, name ?? wish.name ?? projectName];
  return posix.join(...parts.map((part) => part.replace(/^\/+|\/+$/g, ""))).replace(/^\.$/, "");
};
