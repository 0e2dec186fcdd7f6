import table from "./managedPolicies.generated.json" with { type: "json" };

/**
 * The ARN of an AWS managed policy by its name, in the partitions where it exists.
 * The table holds names only, by the partitions that have them and by path.
 */
export const knownManagedPolicy = (name: string, partition: string): string | undefined => {
  const path = pathsOf(partition).get(name);
  if (path === undefined) return undefined;
  return `arn:${partition}:iam::aws:policy/${path === "" ? "" : `${path}/`}${name}`;
};

const cache = new Map<string, ReadonlyMap<string, string>>();

const pathsOf = (partition: string): ReadonlyMap<string, string> => {
  const known = cache.get(partition);
  if (known) return known;
  const paths = new Map<string, string>();
  for (const [partitions, byPath] of Object.entries(table)) {
    if (!partitions.split("+").includes(partition)) continue;
    for (const [path, names] of Object.entries(byPath)) for (const name of names.split(" ")) paths.set(name, path);
  }
  cache.set(partition, paths);
  return paths;
};
