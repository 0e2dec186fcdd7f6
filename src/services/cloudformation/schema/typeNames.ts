import { isCustom } from "./load.ts";

/** Whether AWS has a resource type of that name, built here or not. */
export const isTypeOfAws = async (type: string): Promise<boolean> => {
  if (isCustom(type)) return true;
  return (await allTypeNames()).has(type);
};

/** Every resource type that AWS has, by name. */
export const allTypeNames = async (): Promise<ReadonlySet<string>> => {
  const { default: names } = await import("./typeNames.generated.json", { with: { type: "json" } });
  known ??= new Set(names.flatMap(({ service, types }) => types.map((name) => `${service}::${name}`)));
  return known;
};

let known: ReadonlySet<string> | undefined;
