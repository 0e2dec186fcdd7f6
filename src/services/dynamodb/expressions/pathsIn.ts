import type { Action, Assigned, Condition, Operand, Path } from "./ast.ts";

/** The paths a condition speaks of. */
export const pathsIn = (condition: Condition): readonly Path[] => {
  switch (condition.kind) {
    case "and":
    case "or":
      return [...pathsIn(condition.left), ...pathsIn(condition.right)];
    case "not":
      return pathsIn(condition.condition);
    case "compare":
      return [condition.left, condition.right].flatMap(pathsOf);
    case "between":
      return [condition.operand, condition.low, condition.high].flatMap(pathsOf);
    case "in":
      return [condition.operand, ...condition.others].flatMap(pathsOf);
    case "exists":
      return [condition.path];
    case "type":
      return pathsOf(condition.operand);
    default:
      return [condition.operand, condition.part].flatMap(pathsOf);
  }
};

const pathsOf = (operand: Operand): readonly Path[] => {
  if (operand.kind === "path") return [operand.path];
  return operand.kind === "size" ? pathsOf(operand.operand) : [];
};

/** The paths an update's action speaks of: what it changes, and what it reads for that. */
export const pathsOfAction = (action: Action): readonly Path[] =>
  action.kind === "set" ? [action.path, ...pathsRead(action.value)] : [action.path];

const pathsRead = (assigned: Assigned): readonly Path[] => {
  switch (assigned.kind) {
    case "value":
      return [];
    case "path":
      return [assigned.path];
    case "ifNotExists":
      return [assigned.path, ...pathsRead(assigned.otherwise)];
    case "listAppend":
      return [...pathsRead(assigned.first), ...pathsRead(assigned.second)];
    case "arithmetic":
      return [...pathsRead(assigned.left), ...pathsRead(assigned.right)];
  }
};
