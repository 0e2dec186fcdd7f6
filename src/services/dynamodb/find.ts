import { namedTableNotFound, tableNotFound } from "./errors.ts";
import type { TableRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A table's name from what may be its ARN. */
export const tableName = (nameOrArn: string): string =>
  nameOrArn.startsWith("arn:") ? (nameOrArn.split(":table/")[1]?.split("/")[0] ?? nameOrArn) : nameOrArn;

/** The table an item operation names. */
export const findTable = ({ tables }: Pick<Room, "tables">, nameOrArn: string): TableRecord => {
  const table = tables.get(tableName(nameOrArn));
  if (!table) throw tableNotFound();
  return table;
};

/** The table a table operation names. */
export const findNamedTable = ({ tables }: Pick<Room, "tables">, nameOrArn: string): TableRecord => {
  const table = tables.get(tableName(nameOrArn));
  if (!table) throw namedTableNotFound(tableName(nameOrArn));
  return table;
};
