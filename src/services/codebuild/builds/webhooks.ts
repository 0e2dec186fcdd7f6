import type { CloudEvent } from "../../../kernel/events.ts";
import type { ProjectRecord, WebhookRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { SERVICE_PRINCIPAL } from "./serviceRole.ts";
import { submitBuild } from "./submit.ts";

/** Starts builds of the projects whose webhooks a push to this cloud's Git host concerns. */
export const buildOnPush = (room: Room, { source, detail }: CloudEvent): void => {
  if (source !== "aloft.git") return;
  const { owner, repository, ref, before, commits } = detail;
  const head = Array.isArray(commits) ? commits.at(-1) : undefined;
  // A branch that was removed has no commit to build.
  if (typeof ref !== "string" || typeof head !== "string") return;
  for (const { value: project } of room.projects.range()) {
    if (!project.webhook || !isOf(project, `${owner}/${repository}`) || !passes(project.webhook, ref)) continue;
    const ctx = room.deps.contextAs({ kind: "service", account: room.deps.account, service: SERVICE_PRINCIPAL });
    submitBuild(
      room,
      ctx,
      project,
      { projectName: project.name, sourceVersion: head },
      {
        initiator: "GitHub-Hookshot/aloft",
        variables: {
          CODEBUILD_WEBHOOK_EVENT: "PUSH",
          CODEBUILD_WEBHOOK_HEAD_REF: ref,
          CODEBUILD_WEBHOOK_TRIGGER: ref.replace(/^refs\/heads\//, "branch/").replace(/^refs\/tags\//, "tag/"),
          ...(typeof before === "string" ? { CODEBUILD_WEBHOOK_PREV_COMMIT: before } : {}),
        },
      },
    );
  }
};

/** Filters that a push alone can answer; of the others a webhook is refused. */
export const KNOWN_FILTERS: ReadonlySet<string> = new Set(["EVENT", "HEAD_REF"]);

const isOf = ({ settings }: ProjectRecord, repository: string): boolean =>
  (settings.source.location ?? "")
    .toLowerCase()
    .replace(/\.git$/, "")
    .endsWith(`/${repository.toLowerCase()}`);

/** AWS: all filters of one group must match; without any, every push does. */
const passes = ({ filterGroups, branchFilter }: WebhookRecord, ref: string): boolean => {
  if (branchFilter && !matches(branchFilter, ref.replace(/^refs\/heads\//, ""))) return false;
  if (filterGroups.length === 0) return true;
  return filterGroups.some((group) =>
    group.every(({ type, pattern, excludeMatchedPattern = false }) =>
      type === "EVENT" ? pattern.split(/\s*,\s*/).includes("PUSH") : matches(pattern, ref) !== excludeMatchedPattern,
    ),
  );
};

const matches = (pattern: string, text: string): boolean => new RegExp(pattern).test(text);
