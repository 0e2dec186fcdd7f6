import { queryNotFound } from "../errors.ts";
import type { QueryRecord } from "../records.ts";
import type { Room } from "../room.ts";

export const findQuery = ({ queries }: Pick<Room, "queries">, id: string | undefined): QueryRecord => {
  const query = queries.get(id ?? "");
  if (!query) throw queryNotFound(id ?? "");
  return query;
};

export const isUnderWay = ({ status }: QueryRecord): boolean => status === "Scheduled" || status === "Running";
