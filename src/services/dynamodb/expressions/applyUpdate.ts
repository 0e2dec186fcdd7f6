import { validationError } from "../errors.ts";
import { type AttributeValue, attributeOf, type Item, itemOf } from "../values/attributeValue.ts";
import { addNumbers, subtractNumbers } from "../values/numbers.ts";
import { differenceOf, unionOf } from "../values/sets.ts";
import type { Action, Assigned, Path, Update } from "./ast.ts";
import { type PathBranches, type PathTree, pathTreeOf } from "./pathTree.ts";
import { valueAt } from "./valueAt.ts";

/**
 * An item as an update leaves it; the item itself stays as it was. `existing` is undefined when the update makes the
 * item, and `item` then holds its key. Every operand is read from the item before any change.
 * Throws ValidationException, in AWS's words, when the update does not fit the item.
 */
export const applyUpdate = (update: Update, item: Item, isNew = false): Item => {
  const changes = update.actions
    // AWS: removing deep within an item that does not exist is no error, although nothing there can be removed.
    .filter((action) => !(isNew && action.path.length > 1 && (action.kind === "remove" || action.kind === "delete")))
    .map((action): readonly [Path, Change] => [action.path, changeOf(action, item, update.mismatch)]);
  return changeMembers(item, pathTreeOf(changes));
};

/** Whether an update makes an item that did not exist: one that only takes away does not. */
export const createsItem = ({ actions }: Update): boolean =>
  actions.length === 0 || actions.some(({ kind }) => kind === "set" || kind === "add");

/** The new value at the end of a path; undefined to have none there. */
type Change = (existing: AttributeValue | undefined) => AttributeValue | undefined;

const changeOf = (action: Action, item: Item, mismatch: string): Change => {
  if (action.kind === "remove") return () => undefined;
  if (action.kind === "set") {
    const assigned = assignedValue(action.value, item, mismatch);
    return () => assigned;
  }
  const { value } = action;
  if (action.kind === "add") return (existing) => (existing === undefined ? value : sumOf(existing, value, mismatch));
  return (existing) => {
    if (existing === undefined) return undefined;
    const left = differenceOf(existing, value);
    if (left === undefined) throw validationError(mismatch);
    return left === "empty" ? undefined : left;
  };
};

const sumOf = (existing: AttributeValue, added: AttributeValue, mismatch: string): AttributeValue => {
  if ("N" in existing && "N" in added) return { N: addNumbers(existing.N, added.N) };
  // AWS: only AttributeUpdates gets here with a list.
  if ("L" in existing && "L" in added) return { L: [...existing.L, ...added.L] };
  const union = unionOf(existing, added);
  if (union === undefined) throw validationError(mismatch);
  return union;
};

const assignedValue = (assigned: Assigned, item: Item, mismatch: string): AttributeValue => {
  switch (assigned.kind) {
    case "value":
      return assigned.value;
    case "path": {
      const value = valueAt(item, assigned.path);
      if (value === undefined)
        throw validationError("The provided expression refers to an attribute that does not exist in the item");
      return value;
    }
    case "ifNotExists":
      return valueAt(item, assigned.path) ?? assignedValue(assigned.otherwise, item, mismatch);
    case "listAppend": {
      const first = assignedValue(assigned.first, item, mismatch);
      const second = assignedValue(assigned.second, item, mismatch);
      if ("L" in first && "L" in second) return { L: [...first.L, ...second.L] };
      throw validationError(mismatch);
    }
    case "arithmetic": {
      const left = assignedValue(assigned.left, item, mismatch);
      const right = assignedValue(assigned.right, item, mismatch);
      if (!("N" in left && "N" in right)) throw validationError(mismatch);
      const combine = assigned.operator === "+" ? addNumbers : subtractNumbers;
      return { N: combine(left.N, right.N) };
    }
  }
};

const changeMembers = (members: Item, branches: PathBranches<Change>): Item => {
  const changed = new Map(Object.entries(members));
  for (const [step, tree] of branches) {
    if (typeof step === "number") throw invalidPath();
    const value = changedBy(tree, attributeOf(members, step));
    if (value === undefined) changed.delete(step);
    else changed.set(step, value);
  }
  return itemOf(changed);
};

// AWS: indexes mean the list as it was, so removals do not shift what is set; what is set behind the end is appended
// in the order of its indexes.
const changeElements = (
  elements: readonly AttributeValue[],
  branches: PathBranches<Change>,
): readonly AttributeValue[] => {
  const changed = elements.flatMap((element, index) => {
    const tree = branches.get(index);
    const value = tree === undefined ? element : changedBy(tree, element);
    return value === undefined ? [] : [value];
  });
  const behind = [...branches].flatMap(([step, tree]) =>
    typeof step === "number" && step >= elements.length ? [{ step, tree }] : [],
  );
  behind.sort((a, b) => a.step - b.step);
  for (const { tree } of behind) {
    const value = changedBy(tree, undefined);
    if (value !== undefined) changed.push(value);
  }
  return changed;
};

const changedBy = (tree: PathTree<Change>, existing: AttributeValue | undefined): AttributeValue | undefined => {
  if ("leaf" in tree) return tree.leaf(existing);
  const [step] = tree.branches.keys();
  if (existing !== undefined && "M" in existing && typeof step === "string")
    return { M: changeMembers(existing.M, tree.branches) };
  if (existing !== undefined && "L" in existing && typeof step === "number")
    return { L: changeElements(existing.L, tree.branches) };
  throw invalidPath();
};

const invalidPath = (): Error =>
  validationError("The document path provided in the update expression is invalid for update");
