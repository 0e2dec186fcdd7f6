import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Removes a repository's record, and all that is kept by its id. */
export const removeRepository = ({ tables }: Pick<Room, "tables">, repository: RepositoryRecord): void => {
  const { id } = repository;
  for (const pull of [...tables.pulls.values()]) {
    if (pull.repositoryId !== id) continue;
    tables.pullEvents.clear({ prefix: [pull.number] });
    tables.pulls.delete(pull.number);
    if (pull.token !== undefined) tables.pullTokens.delete(pull.token);
  }
  for (const comment of [...tables.comments.values()]) {
    if (comment.subject.repositoryId !== id) continue;
    tables.comments.delete(comment.id);
    if (comment.token !== undefined) tables.commentTokens.delete(comment.token);
  }
  for (const template of [...tables.templates.values()]) {
    const repositories = template.repositories.filter((each) => each !== id);
    if (repositories.length < template.repositories.length)
      tables.templates.put(template.name, { ...template, repositories });
  }
  tables.repositories.remove(repository);
};
