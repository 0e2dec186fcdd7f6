import { known } from "../../../kernel/errors.ts";
import { refusal } from "../errors.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { PullRecord } from "./records.ts";

/** The pull request of that id. Throws for what is no id, and when there is none. */
export const findPull = ({ tables }: Pick<Room, "tables">, id: string): PullRecord => {
  if (!/^\d{1,15}$/.test(id)) throw refusal("InvalidPullRequestId");
  const found = tables.pulls.get(Number(id));
  if (!found) throw refusal("PullRequestDoesNotExist");
  return found;
};

/** The same, while nobody has closed it. */
export const findOpenPull = (room: Pick<Room, "tables">, id: string): PullRecord => {
  const found = findPull(room, id);
  if (found.status === "CLOSED") throw refusal("PullRequestAlreadyClosed");
  return found;
};

/** A pull request's repository: it goes with it. */
export const repositoryOf = ({ tables }: Pick<Room, "tables">, { repositoryId }: PullRecord): RepositoryRecord =>
  known(tables.repositories.byId(repositoryId), "a pull request's repository");

/** Throws unless the revision is the present one: what was approved must be what is merged. */
export const checkRevision = ({ revisionId }: PullRecord, given: string): void => {
  if (!/^[0-9a-f]{64}$/.test(given)) throw refusal("InvalidRevisionId");
  if (revisionId !== given) throw refusal("RevisionNotCurrent");
};
