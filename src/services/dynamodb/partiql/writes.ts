import { DuplicateItemException } from "@aws-sdk/client-dynamodb";
import { validationError } from "../errors.ts";
import type { Condition } from "../expressions/ast.ts";
import { project, projectionOf } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { deleteOf, type ItemWrite, putOf, updateOf, type WrittenItem } from "../items/writes.ts";
import type { Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";
import type { Delete, Exists, Insert, Returning, Statement, UpdateStatement } from "./ast.ts";
import { fullKeyOf, joined, keyOf } from "./plan.ts";

type WriteStatement = Insert | UpdateStatement | Delete | Exists;

/** Whether a statement writes, or stands among those that do. */
export const isWrite = (statement: Statement): statement is WriteStatement => statement.kind !== "select";

/** The table a statement names. */
export const tableOf = (statement: Statement): string =>
  statement.kind === "exists" ? statement.select.target.table : statement.target.table;

/** A statement's write, checked and ready to run. */
export const writeOf = (room: Pick<Room, "tables">, statement: WriteStatement): ItemWrite => {
  const target = statement.kind === "exists" ? statement.select.target : statement.target;
  if (target.index !== undefined) throw validationError("Unsupported operation: indexes can only be read.");
  const table = findTable(room, target.table);
  const { partition } = table.key;
  const present: Condition = { kind: "exists", path: [partition.name] };
  switch (statement.kind) {
    case "insert":
      return putOf(table, statement.item, { kind: "not", condition: present });
    case "update": {
      const { key, condition } = keyOf(statement.where, table.key);
      return updateOf(table, key, statement.update, joined([present, ...(condition ? [condition] : [])]));
    }
    case "delete": {
      const { key, condition } = keyOf(statement.where, table.key);
      return deleteOf(table, key, condition);
    }
    case "exists": {
      const found = fullKeyOf(statement.select.where, table.key);
      if (!found?.condition)
        throw validationError(
          "EXISTS must contain a SELECT statement with an equality on every key attribute and at least one more condition",
        );
      const { key } = deleteOf(table, found.key, undefined);
      return { kind: "check", table, key, condition: found.condition };
    }
  }
};

export const duplicateItem = () =>
  new DuplicateItemException({ message: "Duplicate primary key exists in table", $metadata: {} });

/** What RETURNING shows of a write. */
export const returnedBy = (statement: WriteStatement, { before, after }: WrittenItem): readonly Item[] => {
  if (statement.kind === "insert" || statement.kind === "exists" || !statement.returning) return [];
  const paths = statement.kind === "update" ? statement.update.actions.map(({ path }) => path) : [];
  const shown = shownOf(statement.returning, before?.item, after?.item);
  if (!shown) return [];
  return [statement.returning.startsWith("MODIFIED") ? project(shown, projectionOf(paths)) : shown];
};

const shownOf = (returning: Returning, before: Item | undefined, after: Item | undefined): Item | undefined =>
  returning.endsWith("OLD") ? before : after;
