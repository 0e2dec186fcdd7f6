import type { Context } from "../../kernel/context.ts";
import type { Ids } from "../../kernel/ids.ts";
import { type FoundVersion, type FunctionReference, findVersion } from "./find.ts";
import { LATEST } from "./records.ts";
import type { Room } from "./room.ts";

/** The version that runs an invocation: an alias with weights sends its share elsewhere. */
export const chooseVersion = (room: Room, ctx: Context, reference: FunctionReference): FoundVersion => {
  // AWS: to invoke a function is to invoke its `$LATEST`, and a refusal says so.
  const found = findVersion(room, ctx, { ...reference, qualifier: reference.qualifier ?? LATEST });
  const weights = Object.entries(found.alias?.weights ?? {});
  if (weights.length === 0) return found;
  let drawn = fraction(room.ids);
  for (const [version, weight] of weights) {
    if (drawn < weight) return findVersion(room, ctx, { name: reference.name, qualifier: version });
    drawn -= weight;
  }
  return found;
};

/** At random from 0 to 1, 1 not included. */
const fraction = (ids: Ids): number => ids.bytes(4).readUInt32BE() / 2 ** 32;
