import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { actorOf } from "../actor.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { MAX_BATCH_REPOSITORIES, MAX_TEMPLATES, MAX_TEMPLATES_OF_REPOSITORY } from "../limits.ts";
import { pageByName, sizeOf } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { findTemplate } from "../templates/find.ts";
import { tellTemplate } from "../templates/tell.ts";

export const associateApprovalRuleTemplateWithRepository =
  (room: Room): Operation<"AssociateApprovalRuleTemplateWithRepository"> =>
  async (ctx, { approvalRuleTemplateName, repositoryName }) => {
    associate(room, approvalRuleTemplateName, repositoryName);
    tell(ctx, room, approvalRuleTemplateName, "AssociatedWithRepository", [repositoryName]);
    return {};
  };

export const disassociateApprovalRuleTemplateFromRepository =
  (room: Room): Operation<"DisassociateApprovalRuleTemplateFromRepository"> =>
  async (ctx, { approvalRuleTemplateName, repositoryName }) => {
    disassociate(room, approvalRuleTemplateName, repositoryName);
    tell(ctx, room, approvalRuleTemplateName, "DisassociatedWithRepository", [repositoryName]);
    return {};
  };

export const batchAssociateApprovalRuleTemplateWithRepositories =
  (room: Room): Operation<"BatchAssociateApprovalRuleTemplateWithRepositories"> =>
  async (ctx, { approvalRuleTemplateName, repositoryNames }) => {
    const { done, errors } = each(room, approvalRuleTemplateName, repositoryNames, associate);
    tell(ctx, room, approvalRuleTemplateName, "BatchAssociatedWithRepositories", done);
    return { associatedRepositoryNames: done, errors };
  };

export const batchDisassociateApprovalRuleTemplateFromRepositories =
  (room: Room): Operation<"BatchDisassociateApprovalRuleTemplateFromRepositories"> =>
  async (ctx, { approvalRuleTemplateName, repositoryNames }) => {
    const { done, errors } = each(room, approvalRuleTemplateName, repositoryNames, disassociate);
    tell(ctx, room, approvalRuleTemplateName, "BatchDisassociatedFromRepositories", done);
    return { disassociatedRepositoryNames: done, errors };
  };

export const listRepositoriesForApprovalRuleTemplate =
  (room: Room): Operation<"ListRepositoriesForApprovalRuleTemplate"> =>
  async (_ctx, { approvalRuleTemplateName, maxResults, nextToken }) => {
    const { repositories } = findTemplate(room, approvalRuleTemplateName);
    const names = [...room.tables.repositories.list()].flatMap(({ id, name }) =>
      repositories.includes(id) ? [name] : [],
    );
    const page = pageByName(names, (name) => name, nextToken, sizeOf(maxResults, MAX_BATCH_REPOSITORIES));
    return { repositoryNames: page.items, ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }) };
  };

export const listAssociatedApprovalRuleTemplatesForRepository =
  (room: Room): Operation<"ListAssociatedApprovalRuleTemplatesForRepository"> =>
  async (_ctx, { repositoryName, maxResults, nextToken }) => {
    const names = associatedWith(room, findRepository(room, repositoryName).id);
    const page = pageByName(names, (name) => name, nextToken, sizeOf(maxResults, MAX_TEMPLATES));
    return {
      approvalRuleTemplateNames: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };

const associatedWith = ({ tables }: Room, repositoryId: string): readonly string[] =>
  [...tables.templates.values()].flatMap(({ name, repositories }) =>
    repositories.includes(repositoryId) ? [name] : [],
  );

const associate = (room: Room, templateName: string, repositoryName: string): void => {
  const template = findTemplate(room, templateName);
  const { id } = findRepository(room, repositoryName);
  if (template.repositories.includes(id)) return;
  if (associatedWith(room, id).length >= MAX_TEMPLATES_OF_REPOSITORY)
    throw refusal("MaximumRuleTemplatesAssociatedWithRepository");
  room.tables.templates.put(templateName, { ...template, repositories: [...template.repositories, id] });
};

const disassociate = (room: Room, templateName: string, repositoryName: string): void => {
  const template = findTemplate(room, templateName);
  const { id } = findRepository(room, repositoryName);
  const repositories = template.repositories.filter((each) => each !== id);
  room.tables.templates.put(templateName, { ...template, repositories });
};

const each = (room: Room, templateName: string, names: readonly string[], apply: typeof associate) => {
  if (names.length === 0) throw refusal("RepositoryNamesRequired");
  if (names.length > MAX_BATCH_REPOSITORIES) throw refusal("MaximumRepositoryNamesExceeded");
  findTemplate(room, templateName);
  const done: string[] = [];
  const errors: { repositoryName: string; errorCode: string; errorMessage: string }[] = [];
  for (const repositoryName of names) {
    try {
      apply(room, templateName, repositoryName);
      done.push(repositoryName);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      errors.push({ repositoryName, errorCode: errorCode(error), errorMessage: errorMessage(error) });
    }
  }
  return { done, errors };
};

const tell = (
  ctx: Context,
  room: Room,
  templateName: string,
  done: Parameters<typeof tellTemplate>[2],
  names: readonly string[],
): void => {
  const repositories = Object.fromEntries(
    names.flatMap((name) => {
      const found = room.tables.repositories.get(name);
      return found ? [[name, found.id] as const] : [];
    }),
  );
  tellTemplate(room, findTemplate(room, templateName), done, actorOf(ctx.principal, ctx.partition), { repositories });
};
