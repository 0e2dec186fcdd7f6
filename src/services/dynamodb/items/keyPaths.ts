import { validationError } from "../errors.ts";
import type { Path } from "../expressions/ast.ts";
import type { TableRecord } from "../records.ts";
import { keyAttributes } from "./keys.ts";

/** Throws when a path looks inside of an attribute that is a key of the table or of one of its indexes. */
export const assertScalarKeys = (table: TableRecord, paths: readonly Path[]): void => {
  const inside = new Set(paths.filter((path) => path.length > 1).map(([name]) => name));
  if (inside.size === 0) return;
  const refuse = (noun: string, name: string) => {
    throw validationError(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${noun}: ${name}`,
    );
  };
  for (const { name } of keyAttributes(table.key)) if (inside.has(name)) refuse("Key", name);
  for (const { name } of table.indexes.flatMap(({ key }) => keyAttributes(key)))
    if (inside.has(name)) refuse("IndexKey", name);
};
