import { latestOf } from "./find.ts";
import type { ParameterRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Removes a parameter with all of its versions. */
export const removeParameter = (
  room: Pick<Room, "parameters" | "versions" | "announce">,
  parameter: ParameterRecord,
): void => {
  const { name, arn } = parameter;
  const { type } = latestOf(room, parameter);
  room.parameters.delete(name);
  room.versions.clear({ prefix: [name] });
  room.announce("Delete", { name, type, arn });
};
