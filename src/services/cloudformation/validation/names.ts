import type { Context } from "../../../kernel/context.ts";
import { isRefusal } from "../../../kernel/errors.ts";
import type { CompiledStack } from "../definition/compile.ts";
import type { StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type ThingThere, thingThere } from "./thingsThere.ts";

/** Those of some new resources whose names are taken; what nobody may look at shows when it is made. */
export const takenNames = async (
  room: Room,
  ctx: Context,
  stack: Pick<StackRecord, "stackId" | "stackName">,
  compiled: CompiledStack,
  logicalIds: readonly string[],
): Promise<ReadonlyMap<string, ThingThere>> => {
  const taken = new Map<string, ThingThere>();
  for (const logicalId of logicalIds) {
    const there = await thingThere(room, ctx, stack, compiled, logicalId).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      return undefined;
    });
    if (there !== undefined) taken.set(logicalId, there);
  }
  return taken;
};

/** AWS's words for it. */
export const alreadyThere = (type: string, { identifier }: Pick<ThingThere, "identifier">): string =>
  `Resource of type '${type}' with identifier '${identifier}' already exists.`;
