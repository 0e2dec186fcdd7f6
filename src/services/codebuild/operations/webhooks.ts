import type * as sdk from "@aws-sdk/client-codebuild";
import type { InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidInput, resourceAlreadyExists, resourceNotFound } from "../errors.ts";
import { findProject } from "../find.ts";
import type { ProjectRecord, WebhookRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { webhookView } from "../views.ts";

export const createWebhook =
  (room: Pick<Room, "projects" | "clock" | "ids">): Operation<"CreateWebhook"> =>
  async (ctx, input) => {
    const project = findProject(room, ctx, input.projectName);
    if (!project.settings.source.type.startsWith("GITHUB"))
      throw invalidInput(`Project source type ${project.settings.source.type} does not support webhooks`);
    if (project.webhook) throw resourceAlreadyExists(`Webhook for project ${project.arn} already exists`);
    const webhook = {
      ...checked(input),
      number: String(room.ids.bytes(4).readUInt32BE()),
      createdAt: room.clock.now(),
    };
    room.projects.put(project.name, { ...project, webhook });
    return { webhook: webhookView(project, webhook, ctx.region) };
  };

export const updateWebhook =
  (room: Pick<Room, "projects" | "clock">): Operation<"UpdateWebhook"> =>
  async (ctx, input) => {
    const { project, webhook } = findWebhook(room, ctx, input.projectName);
    const rotated = input.rotateSecret ? { secretAt: room.clock.now() } : {};
    const updated = { ...webhook, ...checked(merged(webhook, input)), ...rotated };
    room.projects.put(project.name, { ...project, webhook: updated });
    return { webhook: webhookView(project, updated, ctx.region) };
  };

export const deleteWebhook =
  (room: Pick<Room, "projects">): Operation<"DeleteWebhook"> =>
  async (ctx, { projectName }) => {
    const { webhook: _webhook, ...project } = findWebhook(room, ctx, projectName).project;
    room.projects.put(project.name, project);
    return {};
  };

const findWebhook = (
  room: Pick<Room, "projects">,
  ctx: Context,
  name: string,
): { readonly project: ProjectRecord; readonly webhook: WebhookRecord } => {
  const project = findProject(room, ctx, name);
  if (!project.webhook) throw resourceNotFound(`Webhook for project ${project.arn}`);
  return { project, webhook: project.webhook };
};

/** What an update does not name stays; of the two forms of filters the one that is named takes the other's place. */
const merged = ({ filterGroups, branchFilter, buildType }: WebhookRecord, input: WebhookInput): WebhookInput => {
  const named = input.filterGroups !== undefined || input.branchFilter !== undefined;
  return { ...input, buildType: input.buildType ?? buildType, ...(named ? {} : { filterGroups, branchFilter }) };
};

type WebhookInput = Pick<
  InputOf<typeof sdk, "CreateWebhook">,
  "filterGroups" | "branchFilter" | "buildType" | "manualCreation" | "scopeConfiguration" | "pullRequestBuildPolicy"
>;

/** What decides which happenings build. Refuses by its name what the Git host cannot answer. */
const checked = ({
  filterGroups = [],
  branchFilter,
  buildType,
  manualCreation,
  scopeConfiguration,
  pullRequestBuildPolicy,
}: WebhookInput): Pick<WebhookRecord, "filterGroups" | "branchFilter" | "buildType" | "pullRequestBuildPolicy"> => {
  if (branchFilter && filterGroups.length > 0) throw invalidInput("Cannot specify both branchFilter and filterGroups");
  if (buildType === "RUNNER_BUILDKITE_BUILD") throw new NotImplemented(`webhooks of build type ${buildType}`);
  if (manualCreation) throw new NotImplemented("webhooks that are created by hand (manualCreation)");
  if (scopeConfiguration) throw new NotImplemented("webhooks of organizations (scopeConfiguration)");
  // Pull requests of forks, which wait for a comment in any case but this one, the Git host has none of.
  if (pullRequestBuildPolicy?.requiresCommentApproval === "ALL_PULL_REQUESTS")
    throw new NotImplemented("builds of pull requests that wait for a comment (pullRequestBuildPolicy)");
  for (const group of filterGroups) {
    if (!group.some(({ type }) => type === "EVENT")) throw invalidInput("Each filter group must have an EVENT filter");
    for (const { type, pattern } of group) {
      if (type === "EVENT") checkEvents(pattern);
      else checkPattern(pattern);
    }
  }
  if (branchFilter) checkPattern(branchFilter);
  return {
    filterGroups,
    ...(branchFilter ? { branchFilter } : {}),
    ...(buildType ? { buildType } : {}),
    ...(pullRequestBuildPolicy ? { pullRequestBuildPolicy } : {}),
  };
};

const checkEvents = (pattern: string): void => {
  const unknown = pattern.split(/\s*,\s*/).find((event) => !EVENTS.has(event));
  if (unknown !== undefined) throw invalidInput(`Invalid webhook event: ${unknown}`);
};

/** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_WebhookFilter.html */
const EVENTS: ReadonlySet<string> = new Set([
  "PUSH",
  "PULL_REQUEST_CREATED",
  "PULL_REQUEST_UPDATED",
  "PULL_REQUEST_CLOSED",
  "PULL_REQUEST_REOPENED",
  "PULL_REQUEST_MERGED",
  "RELEASED",
  "PRERELEASED",
  "WORKFLOW_JOB_QUEUED",
]);

const checkPattern = (pattern: string): void => {
  try {
    new RegExp(pattern);
  } catch {
    throw invalidInput(`Invalid pattern: ${pattern}`);
  }
};
