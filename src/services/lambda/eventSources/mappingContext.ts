import type { Context } from "../../../kernel/context.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** A context under the role of a mapping's function, as which AWS reads its source. */
export const mappingContext = async (room: Room, { functionName }: EventSourceRecord): Promise<Context> => {
  const record = room.functions.get(functionName);
  const { principal } = await room.assumeRole(record?.latest.role ?? "", functionName);
  return room.contextAs(principal);
};
