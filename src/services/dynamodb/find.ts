import { namedTableNotFound, resourceNotFound, tableNotFound, validationError } from "./errors.ts";
import type { TableRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A table's name from what may be its ARN. Throws ValidationException for what can be no table's name. */
export const tableName = (nameOrArn: string): string => {
  if (nameOrArn.startsWith("arn:")) return nameOrArn.split(":table/")[1]?.split("/")[0] ?? nameOrArn;
  if (nameOrArn.length < MIN_NAME_LENGTH || nameOrArn.length > MAX_NAME_LENGTH)
    throw validationError("TableName must be at least 3 characters long and at most 255 characters long");
  return nameOrArn;
};

const MIN_NAME_LENGTH = 3;
const MAX_NAME_LENGTH = 255;

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

/** The table a tag operation names by its ARN. */
export const findTagged = ({ tables }: Pick<Room, "tables">, arn: string): TableRecord => {
  const name = TABLE_ARN.exec(arn)?.groups?.["name"];
  if (name === undefined) throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  const table = tables.get(name);
  if (table?.arn !== arn) throw resourceNotFound(arn);
  return table;
};

const TABLE_ARN = /^arn:[\w-]+:dynamodb:[\w-]+:\d+:table\/(?<name>[^/]{3,})$/;
