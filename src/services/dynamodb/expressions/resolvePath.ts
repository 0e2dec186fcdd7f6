import { AssertionFailed } from "../../../kernel/errors.ts";
import { MAX_LIST_INDEX, MAX_NESTING_LEVELS } from "../limits.ts";
import type { Path } from "./ast.ts";
import { ExpressionFault } from "./fault.ts";
import type { Placeholders } from "./placeholders.ts";
import { isReservedWord } from "./reservedWords.ts";
import type { PathStep, PathSyntax } from "./syntax.ts";

/** Resolves a path's placeholders. Throws ExpressionFault for an undefined name and for a path that cannot be. */
export const resolvePath = ({ steps }: PathSyntax, placeholders: Placeholders): Path => {
  if (steps.length > MAX_NESTING_LEVELS)
    throw new ExpressionFault(`The document path has too many nesting levels; nesting levels: ${steps.length}`);
  const [first, ...rest] = steps.map((step) => resolveStep(step, placeholders));
  if (typeof first !== "string") throw new AssertionFailed("a path that begins with an index");
  return [first, ...rest];
};

/** The fault of the first reserved word that a path uses as a name. */
export const reservedFault = ({ steps }: PathSyntax): string | undefined => {
  for (const step of steps)
    if (step.kind === "name" && isReservedWord(step.name))
      return `Attribute name is a reserved keyword; reserved keyword: ${step.name}`;
  return undefined;
};

/** A path as AWS's messages show it: `[a, [0], b]`. */
export const pathText = (path: Path): string =>
  `[${path.map((step) => (typeof step === "number" ? `[${step}]` : step)).join(", ")}]`;

/** Whether two paths are the same. */
export const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((step, i) => step === b[i]);

/** Throws ExpressionFault when one path is part of another, or two want the same value to be a map and a list. */
export const assertDistinctPaths = (paths: readonly Path[]): void => {
  assertNoPair(paths, "overlap");
  assertNoPair(paths, "conflict");
};

const assertNoPair = (paths: readonly Path[], kind: "overlap" | "conflict"): void => {
  paths.forEach((second, i) => {
    for (const first of paths.slice(0, i))
      if (relationOf(first, second) === kind)
        throw new ExpressionFault(
          `Two document paths ${kind} with each other; must remove or rewrite one of these paths; ` +
            `path one: ${pathText(first)}, path two: ${pathText(second)}`,
        );
  });
};

const relationOf = (a: Path, b: Path): "overlap" | "conflict" | "none" => {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (typeof a[i] !== typeof b[i]) return "conflict";
    if (a[i] !== b[i]) return "none";
  }
  return "overlap";
};

const resolveStep = (step: PathStep, placeholders: Placeholders): string | number => {
  if (step.kind === "name") return step.name;
  if (step.kind === "index") return indexOf(step.digits);
  const name = placeholders.name(step.placeholder);
  if (name === undefined)
    throw new ExpressionFault(
      `An expression attribute name used in the document path is not defined; attribute name: ${step.placeholder}`,
    );
  return name;
};

const indexOf = (digits: string): number => {
  const index = Number(digits);
  if (index > MAX_LIST_INDEX)
    throw new ExpressionFault(`List index is not within the allowable range; index: [${digits}]`);
  return index;
};
