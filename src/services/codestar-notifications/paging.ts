import { invalidToken } from "./errors.ts";

/** One page of what follows the item a token names; the token is that item's name, made opaque. */
export const page = <T>(
  all: Iterable<T>,
  nameOf: (item: T) => string,
  token: string | undefined,
  size: number,
): { readonly items: readonly T[]; readonly nextToken: string | undefined } => {
  const after = token === undefined ? undefined : openToken(token);
  const items: T[] = [];
  let skipping = after !== undefined;
  for (const item of all) {
    if (items.length === size) return { items, nextToken: sealToken(nameOf(items[size - 1] ?? item)) };
    if (!skipping) items.push(item);
    else if (nameOf(item) === after) skipping = false;
  }
  if (skipping) throw invalidToken();
  return { items, nextToken: undefined };
};

const sealToken = (name: string): string => Buffer.from(JSON.stringify([name])).toString("base64url");

const openToken = (token: string): string => {
  try {
    const [name] = JSON.parse(Buffer.from(token, "base64url").toString());
    if (typeof name === "string") return name;
  } catch {
    // Not a token of ours: answered below as AWS does.
  }
  throw invalidToken();
};
