import { refusal } from "../errors.ts";
import { sha256Of } from "../pulls/view.ts";
import type { Room } from "../room.ts";
import type { TemplateRecord } from "./records.ts";

/** The template of that name. Throws when there is none. */
export const findTemplate = ({ tables }: Pick<Room, "tables">, name: string): TemplateRecord => {
  const found = tables.templates.get(name);
  if (!found) throw refusal("ApprovalRuleTemplateDoesNotExist");
  return found;
};

export const templateView = ({ id, name, description, content, ...template }: TemplateRecord) => ({
  approvalRuleTemplateId: id,
  approvalRuleTemplateName: name,
  ...(description === undefined ? {} : { approvalRuleTemplateDescription: description }),
  approvalRuleTemplateContent: content,
  ruleContentSha256: sha256Of(content),
  lastModifiedDate: new Date(template.changedAt),
  creationDate: new Date(template.createdAt),
  lastModifiedUser: template.changedBy,
});
