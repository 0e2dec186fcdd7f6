import { DEFAULT_TABLE_PAGE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

export const listTables =
  ({ tables }: Pick<Room, "tables">): Operation<"ListTables"> =>
  async (_ctx, input) => {
    const limit = input.Limit ?? DEFAULT_TABLE_PAGE;
    const names: string[] = [];
    for (const { name } of tables.list(input.ExclusiveStartTableName)) {
      if (names.length === limit) return { TableNames: names, LastEvaluatedTableName: names.at(-1) };
      names.push(name);
    }
    return { TableNames: names };
  };
