import { keyOf } from "../../engines/git/place.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import { tooManyStatuses } from "./errors.ts";
import { MAX_STATUSES } from "./limits.ts";
import type { StatusRecord } from "./records.ts";
import { nextNumber, type Room } from "./room.ts";

/** What is said of a commit. */
export interface NewStatus {
  readonly context: string;
  readonly state: StatusRecord["state"];
  readonly description?: string | null | undefined;
  readonly targetUrl?: string | null | undefined;
}

/** Throws when the commit has as many statuses as it may have. */
export const checkStatusRoom = (room: Room, repository: RepositoryName, commit: string): void => {
  const prefix = [...keyOf(repository), commit];
  if (room.statuses.count({ prefix, limit: MAX_STATUSES }) >= MAX_STATUSES) throw tooManyStatuses();
};

/** Keeps a status; where there are too many, the oldest goes. */
export const addStatus = (room: Room, repository: RepositoryName, commit: string, status: NewStatus): StatusRecord => {
  const prefix = [...keyOf(repository), commit];
  if (room.statuses.count({ prefix, limit: MAX_STATUSES }) >= MAX_STATUSES) {
    for (const { key } of room.statuses.range({ prefix, limit: 1 })) room.statuses.delete(key);
  }
  const { context, state, description = null, targetUrl = null } = status;
  const record = {
    id: nextNumber(room, "statuses"),
    ...{ context, state, description, targetUrl },
    createdAt: room.clock.now(),
  };
  room.statuses.put([...prefix, record.id], record);
  return record;
};

/** Every status of a commit, the newest first. */
export const statusesOf = (room: Room, repository: RepositoryName, commit: string): readonly StatusRecord[] => [
  ...room.statuses.values({ prefix: [...keyOf(repository), commit], reverse: true }),
];

/** The newest status of each context. */
export const latestStatuses = (room: Room, repository: RepositoryName, commit: string): readonly StatusRecord[] => {
  const seen = new Set<string>();
  return statusesOf(room, repository, commit).filter(({ context }) => {
    const isNew = !seen.has(context);
    seen.add(context);
    return isNew;
  });
};
