import { invalidInput } from "./errors.ts";
import { PAGE_SIZE } from "./limits.ts";

/** One page of names; the token is the last name of the page before, made opaque. */
export interface Page {
  readonly items: string[];
  readonly nextToken?: string;
}

/** The first names of what is left. */
export const pageOf = (rest: Iterable<string>, size: number = PAGE_SIZE): Page => {
  const items: string[] = [];
  for (const item of rest) {
    if (items.length === size) return { items, nextToken: sealToken(items.at(-1) ?? "") };
    items.push(item);
  }
  return { items };
};

/** A page of things that have no names; the token is the place of the next one. */
export const slicePage = <T>(
  all: readonly T[],
  token: string | undefined,
  size: number = PAGE_SIZE,
): { readonly items: readonly T[]; readonly nextToken?: string } => {
  const start = Number(openToken(token) ?? 0);
  if (!Number.isInteger(start)) throw invalidInput("Invalid nextToken");
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length ? { nextToken: sealToken(String(end)) } : {}) };
};

/** The name a token stands for. */
export const openToken = (token: string | undefined): string | undefined => {
  if (token === undefined) return undefined;
  try {
    const [name] = JSON.parse(Buffer.from(token, "base64url").toString());
    if (typeof name === "string") return name;
  } catch {
    // Not a token of ours: answered below as AWS does.
  }
  throw invalidInput("Invalid nextToken");
};

/** What follows a name in a list that is in order. */
export const after = (all: readonly string[], name: string | undefined): readonly string[] =>
  name === undefined ? all : all.slice(all.indexOf(name) + 1);

const sealToken = (name: string): string => Buffer.from(JSON.stringify([name])).toString("base64url");
