import type { ActionRun } from "../../engines/pipeline/model.ts";
import type { JsonObject } from "../../kernel/json.ts";

/** What notifications say of a commit or an object; messages and people are not among it. */
const TOLD = [
  "BranchName",
  "BucketName",
  "CommitId",
  "ETag",
  "FullRepositoryName",
  "ObjectKey",
  "RepositoryName",
  "VersionId",
];

/** A source action that has taken its revision, as notifications of stages name it. */
export const sourceView = ({ action, outputVariables }: ActionRun): JsonObject => ({
  sourceActionName: action.name,
  sourceActionProvider: action.provider,
  sourceActionVariables: Object.fromEntries(Object.entries(outputVariables).filter(([name]) => TOLD.includes(name))),
});
