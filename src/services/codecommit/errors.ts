import { AwsError } from "../../kernel/errors.ts";
import { REFUSALS } from "./refusals.ts";

export type Refusal = keyof typeof REFUSALS;

/** A refusal of CodeCommit by its exception's name, in the words of the API reference unless others are known. */
export const refusal = (name: Refusal, words: string = REFUSALS[name]): AwsError =>
  new AwsError(`${name}Exception`, words);

export const repositoryNotFound = (name: string) => refusal("RepositoryDoesNotExist", `${name} does not exist`);

export const repositoryExists = (name: string) =>
  refusal("RepositoryNameExists", `Repository named ${name} already exists`);

export const invalidToken = () => refusal("InvalidContinuationToken");
