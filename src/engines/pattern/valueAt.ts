/** The value at a path such as `$.detail.items[0].id`; of `$.items[*].id`, the list of all that there are. */
export const valueAt = (document: unknown, path: string): unknown => {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\[(\d+|\*)\]/g)].map(([, name, index]) => name ?? index ?? "");
  return follow(document, steps);
};

const follow = (value: unknown, [step, ...rest]: readonly string[]): unknown => {
  if (step === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  if (step === "*" && Array.isArray(value)) {
    return value.map((item) => follow(item, rest)).filter((item) => item !== undefined);
  }
  return follow(Object.entries(value).find(([key]) => key === step)?.[1], rest);
};
