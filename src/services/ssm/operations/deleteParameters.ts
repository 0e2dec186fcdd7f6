import { parameterNotFound } from "../errors.ts";
import { parameterNamed } from "../find.ts";
import { clearPolicies } from "../policies/enforce.ts";
import { removeParameter } from "../remove.ts";
import type { Operation, Room } from "../room.ts";

type Shelves = Pick<Room, "parameters" | "versions" | "announce" | "agenda">;

export const deleteParameter =
  (room: Shelves): Operation<"DeleteParameter"> =>
  async (_ctx, input) => {
    if (!remove(room, input.Name)) throw parameterNotFound(input.Name);
    return {};
  };

export const deleteParameters =
  (room: Shelves): Operation<"DeleteParameters"> =>
  async (_ctx, input) => {
    const names = [...new Set(input.Names)];
    const gone = names.filter((name) => remove(room, name));
    return { DeletedParameters: gone, InvalidParameters: names.filter((name) => !gone.includes(name)) };
  };

const remove = (room: Shelves, name: string): boolean => {
  const parameter = parameterNamed(room, name);
  if (!parameter) return false;
  removeParameter(room, parameter);
  clearPolicies(room, parameter);
  return true;
};
