import { physicalOf } from "../../../engines/stack/records.ts";
import type { Context } from "../../../kernel/context.ts";
import { compile } from "../definition/compile.ts";
import { compileAround } from "../definition/prepare.ts";
import type { ImportRecord, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { resourceContext } from "../run/driver.ts";
import { resourcesOf } from "../run/journal.ts";
import { surroundingsOf } from "../surroundings.ts";
import { typeFinder } from "../types.ts";
import type { ChangeBase } from "./compute.ts";

/** What a stack is now, as the ground of a comparison. */
export const changeBase = async (
  room: Room,
  ctx: Context,
  stack: StackRecord,
  imports?: ImportRecord | undefined,
): Promise<ChangeBase> => {
  const { definition } = stack;
  const find = typeFinder(room);
  return {
    compiled: definition && (await compile(definition, compileAround(room, surroundingsOf(room, stack, definition)))),
    records: resourcesOf(room, stack.stackId),
    find,
    isStale: async (record) => {
      const type = await find(record.type);
      const current = physicalOf(record);
      if (type?.isStale === undefined || current === undefined) return false;
      return type.isStale(resourceContext({ room, stack, ctx, tags: {} }, record, ctx.signal), current);
    },
    imports,
  };
};
