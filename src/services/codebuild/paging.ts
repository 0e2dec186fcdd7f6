import { openName, pagesByPlace, sealName } from "../../kernel/paging.ts";
import { invalidInput } from "./errors.ts";
import { PAGE_SIZE } from "./limits.ts";

const refusal = () => invalidInput("Invalid nextToken");

const pageAt = pagesByPlace(refusal);

/** The first names of what is left; the token is the last name of the page. */
export const pageOf = (
  rest: Iterable<string>,
  size: number = PAGE_SIZE,
): { readonly items: string[]; readonly nextToken?: string } => {
  const items: string[] = [];
  for (const item of rest) {
    if (items.length === size) return { items, nextToken: sealName(items.at(-1) ?? "") };
    items.push(item);
  }
  return { items };
};

/** A page of things that have no names. */
export const slicePage = <T>(all: readonly T[], token: string | undefined, size: number = PAGE_SIZE) =>
  pageAt(all, token, size);

/** The name a token stands for. */
export const openToken = (token: string | undefined): string | undefined =>
  token === undefined ? undefined : openName(token, refusal);

/** What follows a name in a list that is in order. */
export const after = (all: readonly string[], name: string | undefined): readonly string[] =>
  name === undefined ? all : all.slice(all.indexOf(name) + 1);
