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

/** The patches that set members given, and remove those that are no longer. */
export const memberPatches = (
  before: Readonly<Record<string, string | number | boolean | undefined>>,
  after: Readonly<Record<string, string | number | boolean | undefined>>,
): PatchOperation[] =>
  Object.entries(after).flatMap(([name, value]): PatchOperation[] => {
    if (value === before[name]) return [];
    return value === undefined
      ? [{ op: "remove", path: `/${name}` }]
      : [{ op: "replace", path: `/${name}`, value: String(value) }];
  });

export const escaped = (segment: string): string => segment.replaceAll("~", "~0").replaceAll("/", "~1");
