import { AwsError } from "../../kernel/errors.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";

export const repositoryNotFound = ({ owner, name }: RepositoryName) =>
  new AwsError("RepositoryDoesNotExistException", `There is no repository ${owner}/${name} on the Git host.`, 404);

/** GitHub's own message. */
export const nameTaken = () =>
  new AwsError("RepositoryNameExistsException", "Repository creation failed. name already exists on this account", 422);

export const badToken = ({ owner, name }: RepositoryName) =>
  new AwsError("BadCredentials", `Bad credentials for the repository ${owner}/${name}.`, 401);

export const invalidName = (what: string, value: string) =>
  new AwsError("InvalidRepositoryNameException", `${what} is not valid: ${value}`, 422);

export const badCode = (message: string) => new AwsError("InvalidCodeException", message);

/** GitHub's own message. */
export const tooManyStatuses = () =>
  new AwsError("Validation", "This SHA and context has reached the maximum number of statuses.", 422);

/** Why a repository of this machine is not followed. */
export const notMirrored = (message: string) => new AwsError("MirrorRefused", message, 409);

export const refMoved = (ref: string) =>
  new AwsError("Conflict", `${ref} has been moved by somebody else meanwhile.`, 409);
