import type { ActionRun, Execution } from "../../engines/pipeline/model.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** What brought a source its commit: a branch or a tag, and the pull request that asks to merge it. */
export interface GitTrigger {
  readonly ref: string;
  readonly pullRequest?: { readonly id: string; readonly title: string };
}

/** A trigger as an execution keeps and shows it. */
export const triggerDetail = (fullName: string, { ref, pullRequest }: GitTrigger): string =>
  JSON.stringify({
    FullRepositoryName: fullName,
    Ref: ref,
    ...(pullRequest ? { PullRequestId: pullRequest.id, PullRequestTitle: pullRequest.title } : {}),
  });

/** What a push or a pull request brought a source action; undefined where its pipeline was started otherwise. */
export const gitTriggerOf = ({ trigger, overrides }: Execution, action: string): GitTrigger | undefined => {
  if (trigger.type !== "WebhookV2" || overrides[action] === undefined) return undefined;
  const detail: unknown = JSON.parse(trigger.detail);
  if (!isJsonObject(detail)) return undefined;
  const { Ref, PullRequestId, PullRequestTitle } = detail;
  const pullRequest = { id: String(PullRequestId), title: String(PullRequestTitle) };
  return { ref: String(Ref), ...(PullRequestId === undefined ? {} : { pullRequest }) };
};

export const branchOf = ({ ref }: GitTrigger): string | undefined => /^refs\/heads\/(.+)$/.exec(ref)?.[1];

/** The variables of a source that a pull request brought. */
export const pullRequestVariables = ({ pullRequest }: GitTrigger): Readonly<Record<string, string>> =>
  pullRequest ? { PullRequestId: pullRequest.id, PullRequestTitle: pullRequest.title } : {};

/**
 * The commit that an execution was triggered by, as the event of its end tells of it. AWS: the event has it unless the
 * source itself failed.
 */
export const triggeringCommit = (execution: Execution, runs: Iterable<ActionRun>): JsonObject | undefined => {
  for (const { action, status, outputVariables: of } of runs) {
    const trigger = gitTriggerOf(execution, action.name);
    if (!trigger || action.category !== "Source" || status !== "Succeeded") continue;
    const branch = branchOf(trigger);
    return {
      "author-display-name": of["AuthorDisplayName"] ?? "",
      "full-repository-name": of["FullRepositoryName"] ?? "",
      "provider-type": "GitHub",
      "author-email": of["AuthorEmail"] ?? "",
      "commit-message": of["CommitMessage"] ?? "",
      "author-date": of["AuthorDate"] ?? "",
      ...(branch === undefined ? { "tag-name": trigger.ref.replace("refs/tags/", "") } : { "branch-name": branch }),
      "commit-id": of["CommitId"] ?? "",
      "connection-arn": of["ConnectionArn"] ?? "",
      "author-id": of["AuthorId"] ?? "",
    };
  }
  return undefined;
};
