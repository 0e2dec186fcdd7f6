import type { JsonObject } from "../../../kernel/json.ts";
import { emit } from "../events/emit.ts";
import { dateText } from "../pulls/keep.ts";
import { sha256Of } from "../pulls/view.ts";
import type { Room } from "../room.ts";
import type { TemplateRecord } from "./records.ts";

type Done =
  | "Created"
  | "Updated"
  | "Deleted"
  | "AssociatedWithRepository"
  | "DisassociatedWithRepository"
  | "BatchAssociatedWithRepositories"
  | "BatchDisassociatedFromRepositories";

/** https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html#approvalRuleTemplateCreated */
export const tellTemplate = (
  room: Room,
  template: TemplateRecord,
  done: Done,
  actor: string,
  more: JsonObject = {},
): void =>
  emit(room, "CodeCommit Approval Rule Template Change", undefined, {
    approvalRuleTemplateContentSha256: sha256Of(template.content),
    approvalRuleTemplateId: template.id,
    approvalRuleTemplateName: template.name,
    callerUserArn: actor,
    creationDate: dateText(template.createdAt),
    event: `approvalRuleTemplate${done}`,
    lastModifiedDate: dateText(template.changedAt),
    notificationBody: `A approval rule template event occurred in the following AWS CodeCommit account: ${room.deps.account}. User: ${actor}. Additional information: An approval rule template with the following name has been ${done.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()}: ${template.name}.`,
    repositories: {},
    ...more,
  });
