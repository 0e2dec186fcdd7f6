import type { Action, Assigned } from "../expressions/ast.ts";
import { itemSize, valueSize } from "../values/size.ts";
import type { ItemWrite } from "./writes.ts";

/** The bytes that a write brings along: an item or a key, and the values of an update. */
export const payloadSize = (write: ItemWrite): number => {
  if (write.kind === "check") return 0;
  if (write.kind !== "update") return itemSize(write.keyItem);
  return write.update.actions.reduce((sum, action) => sum + actionSize(action), itemSize(write.keyItem));
};

const actionSize = (action: Action): number => {
  if (action.kind === "remove") return 0;
  return action.kind === "set" ? assignedSize(action.value) : valueSize(action.value);
};

const assignedSize = (assigned: Assigned): number => {
  switch (assigned.kind) {
    case "path":
      return 0;
    case "value":
      return valueSize(assigned.value);
    case "ifNotExists":
      return assignedSize(assigned.otherwise);
    case "listAppend":
      return assignedSize(assigned.first) + assignedSize(assigned.second);
    case "arithmetic":
      return assignedSize(assigned.left) + assignedSize(assigned.right);
  }
};
