import type { Context } from "../../../kernel/context.ts";
import { actorOf } from "../actor.ts";
import { readContent } from "../approvals/content.ts";
import { refusal } from "../errors.ts";
import { MAX_TEMPLATES } from "../limits.ts";
import { pageByName, sizeOf } from "../paging.ts";
import { sha256Of } from "../pulls/view.ts";
import type { Operation, Room } from "../room.ts";
import { findTemplate, templateView } from "../templates/find.ts";
import type { TemplateRecord } from "../templates/records.ts";
import { tellTemplate } from "../templates/tell.ts";

export const createApprovalRuleTemplate =
  (room: Room): Operation<"CreateApprovalRuleTemplate"> =>
  async (ctx, input) => {
    const { approvalRuleTemplateName: name, approvalRuleTemplateContent: content } = input;
    readContent(content, "InvalidApprovalRuleTemplateContent");
    if (room.tables.templates.has(name)) throw refusal("ApprovalRuleTemplateNameAlreadyExists");
    if (room.tables.templates.count() >= MAX_TEMPLATES) throw refusal("NumberOfRuleTemplatesExceeded");
    const { approvalRuleTemplateDescription: description } = input;
    const now = room.clock.now();
    const actor = actorOf(ctx.principal, ctx.partition);
    const template: TemplateRecord = {
      id: room.ids.uuid(),
      name,
      ...(description === undefined ? {} : { description }),
      content,
      createdAt: now,
      changedAt: now,
      changedBy: actor,
      repositories: [],
    };
    room.tables.templates.put(name, template);
    tellTemplate(room, template, "Created", actor);
    return { approvalRuleTemplate: templateView(template) };
  };

export const getApprovalRuleTemplate =
  (room: Room): Operation<"GetApprovalRuleTemplate"> =>
  async (_ctx, { approvalRuleTemplateName }) => ({
    approvalRuleTemplate: templateView(findTemplate(room, approvalRuleTemplateName)),
  });

export const listApprovalRuleTemplates =
  (room: Room): Operation<"ListApprovalRuleTemplates"> =>
  async (_ctx, { maxResults, nextToken }) => {
    const names = [...room.tables.templates.values()].map(({ name }) => name);
    const page = pageByName(names, (name) => name, nextToken, sizeOf(maxResults, MAX_TEMPLATES));
    return {
      approvalRuleTemplateNames: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };

/** AWS: one that is not there is no failure. */
export const deleteApprovalRuleTemplate =
  (room: Room): Operation<"DeleteApprovalRuleTemplate"> =>
  async (ctx, { approvalRuleTemplateName: name }) => {
    const template = room.tables.templates.get(name);
    if (!template) return { approvalRuleTemplateId: "" };
    if (template.repositories.length > 0) throw refusal("ApprovalRuleTemplateInUse");
    room.tables.templates.delete(name);
    tellTemplate(room, template, "Deleted", actorOf(ctx.principal, ctx.partition));
    return { approvalRuleTemplateId: template.id };
  };

export const updateApprovalRuleTemplateContent =
  (room: Room): Operation<"UpdateApprovalRuleTemplateContent"> =>
  async (ctx, { approvalRuleTemplateName, newRuleContent: content, existingRuleContentSha256 }) => {
    const template = findTemplate(room, approvalRuleTemplateName);
    readContent(content, "InvalidApprovalRuleTemplateContent");
    if (existingRuleContentSha256 !== undefined && existingRuleContentSha256 !== sha256Of(template.content))
      throw refusal("InvalidRuleContentSha256");
    return keep(ctx, room, { ...template, content });
  };

export const updateApprovalRuleTemplateDescription =
  (room: Room): Operation<"UpdateApprovalRuleTemplateDescription"> =>
  async (ctx, { approvalRuleTemplateName, approvalRuleTemplateDescription: description }) =>
    keep(ctx, room, { ...findTemplate(room, approvalRuleTemplateName), description });

export const updateApprovalRuleTemplateName =
  (room: Room): Operation<"UpdateApprovalRuleTemplateName"> =>
  async (ctx, { oldApprovalRuleTemplateName: before, newApprovalRuleTemplateName: name }) => {
    const template = findTemplate(room, before);
    if (room.tables.templates.has(name)) throw refusal("ApprovalRuleTemplateNameAlreadyExists");
    room.tables.templates.delete(before);
    return keep(ctx, room, { ...template, name });
  };

const keep = (ctx: Context, room: Room, changed: TemplateRecord) => {
  const actor = actorOf(ctx.principal, ctx.partition);
  const template = { ...changed, changedAt: room.clock.now(), changedBy: actor };
  room.tables.templates.put(template.name, template);
  tellTemplate(room, template, "Updated", actor);
  return { approvalRuleTemplate: templateView(template) };
};
