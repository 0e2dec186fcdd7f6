import {
  backedUpTableNotFound,
  namedTableNotFound,
  resourceNotFound,
  tableNotFound,
  validationError,
} from "./errors.ts";
import type { TableRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A table's name from what may be its ARN. Throws ValidationException for what can be no table's name. */
export const tableName = (nameOrArn: string): string => {
  if (nameOrArn.startsWith("arn:")) return nameOrArn.split(":table/")[1]?.split("/")[0] ?? nameOrArn;
  checkName(nameOrArn);
  return nameOrArn;
};

/** Throws for what can be the name of no table. The model's own bounds are those of an ARN. */
export const checkName = (name: string): void => {
  if (NAME.test(name)) return;
  const faults = [
    ...(NAME_CHARACTERS.test(name) ? [] : ["Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"]),
    ...(name.length < MIN_NAME_LENGTH ? [`Member must have length greater than or equal to ${MIN_NAME_LENGTH}`] : []),
    ...(name.length > MAX_NAME_LENGTH ? [`Member must have length less than or equal to ${MAX_NAME_LENGTH}`] : []),
  ].map((fault) => `Value '${name}' at 'tableName' failed to satisfy constraint: ${fault}`);
  throw validationError(
    `${faults.length} validation error${faults.length > 1 ? "s" : ""} detected: ${faults.join("; ")}`,
  );
};

const NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
const NAME_CHARACTERS = /^[a-zA-Z0-9_.-]*$/;
const MIN_NAME_LENGTH = 3;
const MAX_NAME_LENGTH = 255;

/** The table that a name or an ARN stands for. An ARN of another account or region stands for none of these. */
export const tableAt = ({ tables }: Pick<Room, "tables">, nameOrArn: string): TableRecord | undefined => {
  const table = tables.get(tableName(nameOrArn));
  if (!table || !nameOrArn.startsWith("arn:")) return table;
  return nameOrArn === table.arn || nameOrArn.startsWith(`${table.arn}/`) ? table : undefined;
};

/** The table an item operation names. */
export const findTable = ({ tables }: Pick<Room, "tables">, nameOrArn: string): TableRecord => {
  const table = tableAt({ tables }, nameOrArn);
  if (!table) throw tableNotFound();
  return table;
};

/** The table a table operation names. */
export const findNamedTable = ({ tables }: Pick<Room, "tables">, nameOrArn: string): TableRecord => {
  const table = tableAt({ tables }, nameOrArn);
  if (!table) throw namedTableNotFound(tableName(nameOrArn));
  return table;
};

/** The table an operation on backups names. */
export const findBackedUp = ({ tables }: Pick<Room, "tables">, nameOrArn: string): TableRecord => {
  const table = tableAt({ tables }, nameOrArn);
  if (!table) throw backedUpTableNotFound(nameOrArn);
  return table;
};

/** The table a tag operation names by its ARN. */
export const findTagged = ({ tables }: Pick<Room, "tables">, arn: string): TableRecord => {
  const table = tables.get(checkTableArn(arn));
  if (table?.arn !== arn) throw resourceNotFound(arn);
  return table;
};

/** The name in a table's ARN. Throws ValidationException for what can be the ARN of none. */
export const checkTableArn = (arn: string): string => {
  if (!arn.startsWith("arn:")) throw validationError(`Invalid TableArn: ARNs must start with 'arn:': ${arn}`);
  const name = TABLE_ARN.exec(arn)?.groups?.["name"];
  if (name === undefined) throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  return name;
};

const TABLE_ARN = /^arn:[\w-]+:dynamodb:[\w-]+:\d+:table\/(?<name>[^/]{3,})$/;
