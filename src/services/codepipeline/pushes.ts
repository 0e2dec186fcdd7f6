import type { CloudEvent } from "../../kernel/events.ts";
import { codeCommitOwner } from "../../kernel/gitHost.ts";
import { isJsonObject, type JsonValue } from "../../kernel/json.ts";
import { beginFollowed } from "./beginFollowed.ts";
import { triggerDetail } from "./gitTrigger.ts";
import type { Declaration, PipelineRecord, WebhookRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { takesPullRequest, takesPush } from "./triggers.ts";
import { passesFilters } from "./webhookFilters.ts";

type Action = Declaration["stages"][number]["actions"][number];

/** What was pushed to one reference. */
export interface Push {
  readonly owner: string;
  readonly repository: string;
  readonly ref: string;
  readonly commits: readonly string[];
  /** The files that each commit changed, where that is known. */
  readonly changes?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Starts the pipelines that take their source from a branch that was pushed to: one execution for each commit, in order,
 * so that every commit is deployed. Differs: AWS starts one for a push, whatever it brings; so does CodeCommit's here.
 */
export const takePush = (room: Room, event: CloudEvent): void => {
  if (event.source === "aloft.git" && event.detailType === "Git Pull Request") takePullRequest(room, event.detail);
  const push = pushIn(event);
  if (!push) return;
  for (const { value: pipeline } of [...room.tables.pipelines.range()]) {
    for (const action of pipeline.declaration.stages[0]?.actions ?? []) {
      for (const commit of push.commits) {
        const trigger = triggerOf(room, pipeline, action, push, commit);
        if (trigger) start(room, pipeline, action, commit, trigger);
      }
    }
  }
};

const pushIn = (event: CloudEvent): Push | undefined => {
  if (event.source === "aloft.git" && event.detailType === "Git Push") return pushOf(event.detail);
  if (event.source !== "aws.codecommit" || event.detailType !== "CodeCommit Repository State Change") return undefined;
  const { repositoryName, referenceFullName, commitId } = event.detail;
  return {
    owner: codeCommitOwner(event),
    repository: String(repositoryName),
    ref: String(referenceFullName),
    // AWS: where CodeCommit is looked at, what counts is where the branch is now.
    commits: typeof commitId === "string" ? [commitId] : [],
  };
};

const start = (room: Room, pipeline: PipelineRecord, action: Action, commit: string, trigger: Trigger): void => {
  beginFollowed(room, pipeline, { trigger, overrides: { [action.name]: commit } }, "Push Accepted", { commit });
};

interface Trigger {
  readonly type: string;
  readonly detail: string;
}

/** What a pipeline is triggered by when its source action takes a commit of the push; undefined when it does not. */
export const triggerOf = (
  room: Room,
  pipeline: PipelineRecord,
  action: Action,
  push: Push,
  commit: string,
): Trigger | undefined => {
  const configuration = action.configuration ?? {};
  switch (action.actionTypeId.provider) {
    case "GitHub": {
      if (!same(`${configuration["Owner"]}/${configuration["Repo"]}`, push)) return undefined;
      const webhook = webhookOf(room, pipeline, action, push);
      if (webhook) return { type: "Webhook", detail: webhook.arn };
      const polls =
        configuration["PollForSourceChanges"] !== "false" && push.ref === `refs/heads/${configuration["Branch"]}`;
      return polls ? { type: "PollForSourceChanges", detail: "" } : undefined;
    }
    case "CodeStarSourceConnection": {
      if (!same(configuration["FullRepositoryId"] ?? "", push)) return undefined;
      const { triggers } = pipeline.declaration;
      if (triggers?.length)
        return takesPush(triggers, action.name, { ref: push.ref, files: push.changes?.[commit] })
          ? { type: "WebhookV2", detail: detailOf(push) }
          : undefined;
      const watches =
        configuration["DetectChanges"] !== "false" && push.ref === `refs/heads/${configuration["BranchName"]}`;
      return watches ? { type: "WebhookV2", detail: detailOf(push) } : undefined;
    }
    case "CodeCommit": {
      const { RepositoryName = "", BranchName = "", PollForSourceChanges } = configuration;
      const owner = codeCommitOwner({ account: room.deps.account, region: action.region ?? room.deps.region });
      const isIts =
        push.owner === owner && push.repository === RepositoryName && push.ref === `refs/heads/${BranchName}`;
      return isIts && PollForSourceChanges !== "false" ? { type: "PollForSourceChanges", detail: "" } : undefined;
    }
    default:
      return undefined;
  }
};

const detailOf = ({ owner, repository, ref }: Push): string => triggerDetail(`${owner}/${repository}`, { ref });

const same = (fullName: string, { owner, repository }: Push): boolean =>
  fullName.toLowerCase() === `${owner}/${repository}`.toLowerCase();

/** A registered webhook of this action whose filters the push passes. */
const webhookOf = (room: Room, pipeline: PipelineRecord, action: Action, push: Push): WebhookRecord | undefined => {
  for (const { value: webhook } of room.tables.webhooks.range()) {
    const { definition, registered } = webhook;
    if (!registered || definition.targetPipeline !== pipeline.name || definition.targetAction !== action.name) continue;
    const payload = {
      ref: push.ref,
      repository: { name: push.repository, full_name: `${push.owner}/${push.repository}` },
    };
    if (!passesFilters(webhook, payload, action.configuration ?? {})) continue;
    room.tables.webhooks.put(webhook.name, { ...webhook, lastTriggeredAt: room.clock.now() });
    return webhook;
  }
  return undefined;
};

const pushOf = (detail: CloudEvent["detail"]): Push => {
  const { owner, repository, ref, commits, changes } = detail;
  return {
    owner: String(owner),
    repository: String(repository),
    ref: String(ref),
    commits: textsOf(commits),
    ...(isJsonObject(changes)
      ? { changes: Object.fromEntries(Object.entries(changes).map(([commit, files]) => [commit, textsOf(files)])) }
      : {}),
  };
};

const textsOf = (value: JsonValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Starts the pipelines whose triggers take what happened to a pull request. */
const takePullRequest = (room: Room, detail: CloudEvent["detail"]): void => {
  const { owner, repository, event, action, merged, base, head, commit, files, number, title } = detail;
  const happened = EVENTS.find((each) => each === event);
  // AWS: of a request that is closed only the merge is taken, and nothing of one that is opened again.
  if (happened === undefined || action === "reopened" || (happened === "CLOSED" && merged !== true)) return;
  const request = { event: happened, base: String(base), files: textsOf(files) };
  for (const { value: pipeline } of [...room.tables.pipelines.range()]) {
    for (const action of pipeline.declaration.stages[0]?.actions ?? []) {
      const { FullRepositoryId = "" } = action.configuration ?? {};
      const isIts = FullRepositoryId.toLowerCase() === `${owner}/${repository}`.toLowerCase();
      const { triggers = [] } = pipeline.declaration;
      if (!isIts || !takesPullRequest(triggers, action.name, request)) continue;
      const pullRequest = { id: String(number), title: String(title) };
      const brought = triggerDetail(FullRepositoryId, { ref: `refs/heads/${head}`, pullRequest });
      start(room, pipeline, action, String(commit), { type: "WebhookV2", detail: brought });
    }
  }
};

const EVENTS = ["OPEN", "UPDATED", "CLOSED"] as const;
