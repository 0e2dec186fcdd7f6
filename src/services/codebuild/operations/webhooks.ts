import type * as sdk from "@aws-sdk/client-codebuild";
import type { InputOf } from "../../../kernel/aws.ts";
import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { KNOWN_FILTERS } from "../builds/webhooks.ts";
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
  (room: Pick<Room, "projects">): Operation<"UpdateWebhook"> =>
  async (ctx, input) => {
    const { project, webhook } = findWebhook(room, ctx, input.projectName);
    const updated = { ...webhook, ...checked(input) };
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

type WebhookInput = Pick<InputOf<typeof sdk, "CreateWebhook">, "filterGroups" | "branchFilter" | "buildType">;

/** What decides which pushes build. Refuses by its name what a push cannot answer. */
const checked = ({
  filterGroups = [],
  branchFilter,
  buildType,
}: WebhookInput): Pick<WebhookRecord, "filterGroups" | "branchFilter"> => {
  if (branchFilter && filterGroups.length > 0) throw invalidInput("Cannot specify both branchFilter and filterGroups");
  if (buildType && buildType !== "BUILD") throw new NotImplemented(`webhooks of build type ${buildType}`);
  for (const { type, pattern } of filterGroups.flat()) {
    if (!KNOWN_FILTERS.has(type)) throw new NotImplemented(`webhook filters of type ${type}`);
    if (type !== "EVENT") checkPattern(pattern);
  }
  if (branchFilter) checkPattern(branchFilter);
  return { filterGroups, ...(branchFilter ? { branchFilter } : {}) };
};

const checkPattern = (pattern: string): void => {
  try {
    new RegExp(pattern);
  } catch {
    throw invalidInput(`Invalid pattern: ${pattern}`);
  }
};
