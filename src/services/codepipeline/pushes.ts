import type { CloudEvent } from "../../kernel/events.ts";
import { isJsonObject, type JsonValue } from "../../kernel/json.ts";
import { beginExecution } from "./begin.ts";
import type { Declaration, PipelineRecord, WebhookRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Action = Declaration["stages"][number]["actions"][number];

/** What was pushed to one reference. */
export interface Push {
  readonly owner: string;
  readonly repository: string;
  readonly ref: string;
  readonly commits: readonly string[];
}

/**
 * Starts the pipelines that take their source from a branch that was pushed to: one execution for each commit, in order,
 * so that every commit is deployed. Differs: AWS starts one for a push, whatever it brings.
 */
export const takePush = (room: Room, event: CloudEvent): void => {
  if (event.source !== "aloft.git" || event.detailType !== "Git Push") return;
  const push = pushOf(event.detail);
  for (const { value: pipeline } of [...room.tables.pipelines.range()]) {
    for (const action of pipeline.declaration.stages[0]?.actions ?? []) {
      const trigger = triggerOf(room, pipeline, action, push);
      if (!trigger) continue;
      for (const commit of push.commits) start(room, pipeline, action, commit, trigger);
    }
  }
};

const start = (room: Room, pipeline: PipelineRecord, action: Action, commit: string, trigger: Trigger): void => {
  const ahead = room.tables.executions.live(pipeline.name).length;
  const execution = beginExecution(room, pipeline, { trigger, overrides: { [action.name]: commit } });
  room.deps.events.emit({
    id: room.ids.uuid(),
    time: room.clock.now(),
    source: "aloft.codepipeline",
    detailType: "Push Accepted",
    account: room.deps.account,
    region: room.deps.region,
    resources: [pipeline.arn],
    detail: { pipeline: pipeline.name, "execution-id": execution.id, commit, ahead },
  });
};

interface Trigger {
  readonly type: string;
  readonly detail: string;
}

/** What a pipeline is triggered by when its source action takes the push; undefined when it does not. */
export const triggerOf = (room: Room, pipeline: PipelineRecord, action: Action, push: Push): Trigger | undefined => {
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
        return triggered(triggers, action, push) ? { type: "WebhookV2", detail: detailOf(push) } : undefined;
      const watches =
        configuration["DetectChanges"] !== "false" && push.ref === `refs/heads/${configuration["BranchName"]}`;
      return watches ? { type: "WebhookV2", detail: detailOf(push) } : undefined;
    }
    default:
      return undefined;
  }
};

const detailOf = ({ owner, repository, ref }: Push): string =>
  JSON.stringify({ FullRepositoryName: `${owner}/${repository}`, Ref: ref });

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
    const passes = definition.filters.every(({ jsonPath, matchEquals }) => {
      const found = valueAt(payload, jsonPath);
      return matchEquals === undefined
        ? found !== undefined
        : found === withConfiguration(matchEquals, action.configuration ?? {});
    });
    if (passes) {
      room.tables.webhooks.put(webhook.name, { ...webhook, lastTriggeredAt: room.clock.now() });
      return webhook;
    }
  }
  return undefined;
};

/** AWS: `{Branch}` stands for that member of the action's configuration. */
const withConfiguration = (text: string, configuration: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => configuration[name] ?? whole);

/** The value at `$.a.b`. */
const valueAt = (payload: JsonValue, path: string): JsonValue | undefined => {
  let value: JsonValue | undefined = payload;
  for (const name of path
    .replace(/^\$\.?/, "")
    .split(".")
    .filter(Boolean)) {
    value = isJsonObject(value) ? value[name] : undefined;
  }
  return value;
};

/** Whether a trigger of a V2 pipeline takes the push. */
const triggered = (triggers: NonNullable<Declaration["triggers"]>, action: Action, { ref }: Push): boolean =>
  triggers.some(({ gitConfiguration }) => {
    if (gitConfiguration?.sourceActionName !== action.name) return false;
    const branch = /^refs\/heads\/(.*)$/.exec(ref)?.[1];
    const tag = /^refs\/tags\/(.*)$/.exec(ref)?.[1];
    const pushes = gitConfiguration.push;
    if (!pushes?.length) return branch !== undefined;
    return pushes.some(({ branches, tags }) => {
      if (tag !== undefined) return tags !== undefined && matches(tag, tags);
      return branch !== undefined && (branches ? matches(branch, branches) : tags === undefined);
    });
  });

const matches = (
  name: string,
  { includes, excludes }: { includes?: readonly string[] | undefined; excludes?: readonly string[] | undefined },
): boolean =>
  (includes === undefined || includes.some((glob) => globRegex(glob).test(name))) &&
  !excludes?.some((glob) => globRegex(glob).test(name));

/** `*` is anything without a slash, `**` anything. */
const globRegex = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/\*\*/g, "\0")
      .replace(/\*/g, "[^/]*")
      .replaceAll("\0", ".*")}$`,
  );

const pushOf = (detail: CloudEvent["detail"]): Push => {
  const { owner, repository, ref, commits } = detail;
  return {
    owner: String(owner),
    repository: String(repository),
    ref: String(ref),
    commits: Array.isArray(commits) ? commits.map(String) : [],
  };
};
