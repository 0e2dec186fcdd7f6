import { AwsError } from "../../kernel/errors.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";

export const refNotFound = ({ owner, name }: RepositoryName, ref: string) =>
  new AwsError(
    "ReferenceDoesNotExistException",
    `The repository ${owner}/${name} has no branch or commit ${ref}.`,
    404,
  );

export const gitFailed = (command: string, message: string) =>
  new AwsError("GitFailed", `git ${command} failed: ${message}`, 500);
