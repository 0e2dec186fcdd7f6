import type { ApprovalRuleRecord } from "../pulls/records.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { readContent } from "./content.ts";

/** The rules that a new pull request has from the templates of its repository: those for its destination. */
export const matchingRules = (
  { tables, clock, ids }: Room,
  { id }: RepositoryRecord,
  destination: string,
  actor: string,
): readonly ApprovalRuleRecord[] => {
  const now = clock.now();
  return [...tables.templates.values()].flatMap((template) => {
    const { destinations } = readContent(template.content);
    if (!template.repositories.includes(id) || (destinations && !destinations.some((each) => names(each, destination))))
      return [];
    return [
      {
        id: ids.uuid(),
        name: template.name,
        content: template.content,
        createdAt: now,
        changedAt: now,
        changedBy: actor,
        template: { id: template.id, name: template.name },
      },
    ];
  });
};

/** A template may name a branch alone, or its whole reference. */
const names = (given: string, destination: string): boolean =>
  given === destination || `refs/heads/${given}` === destination;
