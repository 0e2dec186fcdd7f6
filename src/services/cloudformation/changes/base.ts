import { compile } from "../definition/compile.ts";
import { compileAround } from "../definition/prepare.ts";
import type { ImportRecord, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { resourcesOf } from "../run/journal.ts";
import { surroundingsOf } from "../surroundings.ts";
import { typeFinder } from "../types.ts";
import type { ChangeBase } from "./compute.ts";

/** What a stack is now, as the ground of a comparison. */
export const changeBase = async (
  room: Room,
  stack: StackRecord,
  imports?: ImportRecord | undefined,
): Promise<ChangeBase> => {
  const { definition } = stack;
  return {
    compiled: definition && (await compile(definition, compileAround(room, surroundingsOf(room, stack, definition)))),
    records: resourcesOf(room, stack.stackId),
    find: typeFinder(room),
    imports,
  };
};
