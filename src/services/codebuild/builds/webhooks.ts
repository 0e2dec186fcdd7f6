import type { Context } from "../../../kernel/context.ts";
import type { CloudEvent } from "../../../kernel/events.ts";
import { submitBatch } from "../batches/submit.ts";
import { isAtLimit } from "../concurrency.ts";
import type { ProjectRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type Happening, happeningOf } from "./happening.ts";
import { SERVICE_PRINCIPAL } from "./serviceRole.ts";
import { type PushedBuild, submitBuild } from "./submit.ts";
import { passes } from "./webhookFilters.ts";

/** Starts builds of the projects whose webhooks it concerns that something happened on this cloud's Git host. */
export const buildOnHappening = (room: Room, event: CloudEvent): void => {
  const happening = happeningOf(event);
  if (!happening) return;
  const { owner, repository, commit } = happening;
  const concerned = [...room.projects.range()]
    .map(({ value }) => value)
    .filter((project) => project.webhook && isOf(project, `${owner}/${repository}`));
  if (concerned.length === 0) return;
  room.deps.tasks.spawn(`webhooks of ${owner}/${repository}`, async () => {
    const service = { kind: "service", account: room.deps.account, service: SERVICE_PRINCIPAL } as const;
    const ctx = room.deps.contextAs(service);
    const { authorName, message } = await ctx.call("git", "GetCommit", { owner, name: repository, ref: commit });
    for (const project of concerned)
      if (project.webhook && passes(project.webhook, { ...happening, actor: authorName, message }))
        start(room, ctx, project, happening, authorName);
  });
};

const start = (room: Room, ctx: Context, project: ProjectRecord, happening: Happening, actor: string): void => {
  const { event, headRef, baseRef, trigger, before, sourceVersion } = happening;
  const pushed: PushedBuild = {
    initiator: "GitHub-Hookshot/aloft",
    variables: {
      CODEBUILD_WEBHOOK_ACTOR_ACCOUNT_ID: actor,
      CODEBUILD_WEBHOOK_EVENT: event,
      CODEBUILD_WEBHOOK_HEAD_REF: headRef,
      CODEBUILD_WEBHOOK_TRIGGER: trigger,
      ...(baseRef === undefined ? {} : { CODEBUILD_WEBHOOK_BASE_REF: baseRef }),
      ...(before === undefined ? {} : { CODEBUILD_WEBHOOK_PREV_COMMIT: before }),
    },
  };
  const request = { projectName: project.name, sourceVersion };
  if (project.webhook?.buildType === "BUILD_BATCH") submitBatch(room, ctx, project, request, pushed);
  // AWS: a build over the project's limit is throttled, which means that it does not run.
  else if (!isAtLimit(room, project)) submitBuild(room, ctx, project, request, pushed);
};

const isOf = ({ settings }: ProjectRecord, repository: string): boolean =>
  (settings.source.location ?? "")
    .toLowerCase()
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .endsWith(`/${repository.toLowerCase()}`);
