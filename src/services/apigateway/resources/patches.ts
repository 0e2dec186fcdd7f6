import type { PatchOperation } from "@aws-sdk/client-api-gateway";

/** The patches that turn one map into another, below a path. */
export const mapPatches = (
  path: string,
  before: Readonly<Record<string, unknown>> = {},
  after: Readonly<Record<string, unknown>> = {},
): PatchOperation[] => [
  ...Object.keys(before)
    .filter((name) => !Object.hasOwn(after, name))
    .map((name): PatchOperation => ({ op: "remove", path: `${path}/${escaped(name)}` })),
  ...Object.entries(after).map(([name, value]): PatchOperation => {
    const op = Object.hasOwn(before, name) ? "replace" : "add";
    return { op, path: `${path}/${escaped(name)}`, value: String(value) };
  }),
];

/** The patches that turn one list into another, below a path. */
export const listPatches = (path: string, before: readonly string[] = [], after: readonly string[] = []) => [
  ...before
    .filter((item) => !after.includes(item))
    .map((item): PatchOperation => ({ op: "remove", path: `${path}/${escaped(item)}` })),
  ...after
    .filter((item) => !before.includes(item))
    .map((item): PatchOperation => ({ op: "add", path: `${path}/${escaped(item)}` })),
];

type Members = Readonly<Record<string, string | number | boolean | undefined>>;

/** The patches that set members given, and put those that are no longer back to their defaults, or to nothing. */
export const memberPatches = (before: Members, after: Members, defaults: Members = {}): PatchOperation[] =>
  Object.entries(after).flatMap(([name, given]): PatchOperation[] => {
    const had = before[name];
    if (given === had) return [];
    const value = given ?? defaults[name] ?? nothingLike(had);
    return value === undefined
      ? [{ op: "remove", path: `/${name}` }]
      : [{ op: "replace", path: `/${name}`, value: String(value) }];
  });

/** AWS: a text cannot be removed, only emptied. */
const nothingLike = (value: Members[string]): Members[string] => {
  if (typeof value === "boolean") return false;
  return typeof value === "string" ? "" : undefined;
};

export const escaped = (segment: string): string => segment.replaceAll("~", "~0").replaceAll("/", "~1");
