import { changeSetNotFound, noSuchStack, stackNotFound, validationError } from "./errors.ts";
import type { ChangeSetRecord, StackRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The stack a request names: the living one of a name, or any by its id. Throws when there is none. */
export const findStack = (room: Pick<Room, "tables">, name: string, notFound = stackNotFound): StackRecord => {
  const stack = stackOrNone(room, name);
  if (stack === undefined) throw notFound(name);
  return stack;
};

/** The same, without throwing. */
export const stackOrNone = ({ tables }: Pick<Room, "tables">, name: string): StackRecord | undefined => {
  const stackId = name.startsWith("arn:") ? name : tables.names.get(name);
  return stackId === undefined ? undefined : tables.stacks.get(stackId);
};

/** The change set a request names, by its ARN or by its name and its stack's. */
export const findChangeSet = (
  room: Pick<Room, "tables">,
  name: string,
  stackName: string | undefined,
): ChangeSetRecord => {
  const found = name.startsWith("arn:") ? byArn(room, name) : byName(room, name, stackName);
  if (found === undefined) throw changeSetNotFound(name);
  return found;
};

const byName = (
  room: Pick<Room, "tables">,
  name: string,
  stackName: string | undefined,
): ChangeSetRecord | undefined => {
  if (stackName === undefined)
    throw validationError("StackName must be specified if ChangeSetName is not specified as an ARN.");
  return room.tables.changeSets.get([findStack(room, stackName, noSuchStack).stackId, name]);
};

const byArn = ({ tables }: Pick<Room, "tables">, arn: string): ChangeSetRecord | undefined => {
  const name = arn.split("/").at(-2) ?? "";
  for (const { value } of tables.changeSets.range()) if (value.changeSetId === arn && value.name === name) return value;
  return undefined;
};
