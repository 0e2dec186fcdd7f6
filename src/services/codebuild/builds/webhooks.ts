import type { Context } from "../../../kernel/context.ts";
import type { CloudEvent } from "../../../kernel/events.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { submitBatch } from "../batches/submit.ts";
import type { ProjectRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { SERVICE_PRINCIPAL } from "./serviceRole.ts";
import { type PushedBuild, submitBuild } from "./submit.ts";
import { type Push, passes } from "./webhookFilters.ts";

/** Starts builds of the projects whose webhooks a push to this cloud's Git host concerns. */
export const buildOnPush = (room: Room, { source, detail }: CloudEvent): void => {
  if (source !== "aloft.git") return;
  const { owner, repository, ref, before, commits } = detail;
  const head = Array.isArray(commits) ? commits.at(-1) : undefined;
  // A branch that was removed has no commit to build.
  if (typeof ref !== "string" || typeof head !== "string") return;
  const concerned = [...room.projects.range()]
    .map(({ value }) => value)
    .filter((project) => project.webhook && isOf(project, `${owner}/${repository}`));
  if (concerned.length === 0) return;
  room.deps.tasks.spawn(`webhooks of ${owner}/${repository}`, async () => {
    const service = { kind: "service", account: room.deps.account, service: SERVICE_PRINCIPAL } as const;
    const ctx = room.deps.contextAs(service);
    const previous = typeof before === "string" ? before : undefined;
    const name = { owner: String(owner), name: String(repository) };
    const { authorName: actor, message } = await ctx.call("git", "GetCommit", { ...name, ref: head });
    const changedFiles = filesOf(detail["changes"]);
    const push: Push = { event: "PUSH", ref, owner: name.owner, repository: name.name, actor, message, changedFiles };
    for (const project of concerned)
      if (project.webhook && passes(project.webhook, push)) start(room, ctx, project, head, push, previous);
  });
};

/** What the commits of a push changed, each its files. */
const filesOf = (changes: JsonValue | undefined): readonly string[] =>
  changes !== undefined && isJsonObject(changes)
    ? Object.values(changes)
        .flatMap((files) => (Array.isArray(files) ? files : []))
        .filter((file) => typeof file === "string")
    : [];

const start = (
  room: Room,
  ctx: Context,
  project: ProjectRecord,
  head: string,
  { ref, actor }: Push,
  before: string | undefined,
): void => {
  const pushed: PushedBuild = {
    initiator: "GitHub-Hookshot/aloft",
    variables: {
      CODEBUILD_WEBHOOK_ACTOR_ACCOUNT_ID: actor,
      CODEBUILD_WEBHOOK_EVENT: "PUSH",
      CODEBUILD_WEBHOOK_HEAD_REF: ref,
      CODEBUILD_WEBHOOK_TRIGGER: ref.replace(/^refs\/heads\//, "branch/").replace(/^refs\/tags\//, "tag/"),
      ...(before === undefined ? {} : { CODEBUILD_WEBHOOK_PREV_COMMIT: before }),
    },
  };
  const request = { projectName: project.name, sourceVersion: head };
  if (project.webhook?.buildType === "BUILD_BATCH") submitBatch(room, ctx, project, request, pushed);
  else submitBuild(room, ctx, project, request, pushed);
};

const isOf = ({ settings }: ProjectRecord, repository: string): boolean =>
  (settings.source.location ?? "")
    .toLowerCase()
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .endsWith(`/${repository.toLowerCase()}`);
