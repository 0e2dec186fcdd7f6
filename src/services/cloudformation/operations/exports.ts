import { validationError } from "../errors.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { importersOf } from "../run/afterStatus.ts";

const PAGE_SIZE = 100;

export const listExports =
  (room: Room): Operation<"ListExports"> =>
  async (_ctx, input) => {
    const { items, nextToken } = page(room.tables.exports.range(), input.NextToken, PAGE_SIZE);
    return {
      Exports: items.map(({ value }) => ({ ExportingStackId: value.stackId, Name: value.name, Value: value.value })),
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

export const listImports =
  (room: Room): Operation<"ListImports"> =>
  async (_ctx, input) => {
    const importers = importersOf(room, input.ExportName);
    if (importers.length === 0) throw validationError(`Export '${input.ExportName}' is not imported by any stack.`);
    const { items, nextToken } = page(importers, input.NextToken, PAGE_SIZE);
    return { Imports: [...items], ...(nextToken ? { NextToken: nextToken } : {}) };
  };
