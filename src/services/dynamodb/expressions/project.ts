import { type AttributeValue, attributeOf, type Item, itemOf } from "../values/attributeValue.ts";
import type { Path } from "./ast.ts";
import { type PathBranches, type PathTree, pathTreeOf } from "./pathTree.ts";

/** What to keep of items. Made once for many items. */
export type Projection = PathBranches<true>;

/** A projection of these paths. */
export const projectionOf = (paths: readonly Path[]): Projection =>
  pathTreeOf(paths.map((path): readonly [Path, true] => [path, true]));

/** The part of an item that a projection names, in the item's own structure; list elements move together. */
export const project = (item: Item, projection: Projection): Item => itemOf(membersAt(item, projection));

const membersAt = (members: Item, branches: Projection): [string, AttributeValue][] => {
  const kept: [string, AttributeValue][] = [];
  for (const [step, tree] of branches) {
    if (typeof step === "number") continue;
    const value = attributeOf(members, step);
    const part = value === undefined ? undefined : partOf(value, tree);
    if (part !== undefined) kept.push([step, part]);
  }
  return kept;
};

const elementsAt = (elements: readonly AttributeValue[], branches: Projection): AttributeValue[] =>
  elements.flatMap((element, index) => {
    const tree = branches.get(index);
    const part = tree === undefined ? undefined : partOf(element, tree);
    return part === undefined ? [] : [part];
  });

const partOf = (value: AttributeValue, tree: PathTree<true>): AttributeValue | undefined => {
  if ("leaf" in tree) return value;
  if ("M" in value) {
    const members = membersAt(value.M, tree.branches);
    return members.length === 0 ? undefined : { M: itemOf(members) };
  }
  if (!("L" in value)) return undefined;
  const elements = elementsAt(value.L, tree.branches);
  return elements.length === 0 ? undefined : { L: elements };
};
