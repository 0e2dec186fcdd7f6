/** The value at a path such as `$.detail.items[0].id`. */
export const valueAt = (document: unknown, path: string): unknown => {
  let value = document;
  for (const [, name, index] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === (name ?? index))?.[1];
  }
  return value;
};
