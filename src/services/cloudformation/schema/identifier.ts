import { loadSchema } from "./load.ts";

/** The properties or attributes that together tell one resource of a type from all others. */
export const identifierNames = async (type: string): Promise<readonly string[]> =>
  (await loadSchema(type))?.primaryIdentifier ?? [];

/** AWS: several parts of an identifier are one, with bars between them. */
export const identifierOf = async (type: string, parts: Readonly<Record<string, string>>): Promise<string> => {
  const names = await identifierNames(type);
  return (names.length > 0 ? names : Object.keys(parts)).map((name) => parts[name] ?? "").join("|");
};
