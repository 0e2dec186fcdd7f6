/** One page of a list, and the token of the next where there is one. */
export interface Page<T> {
  readonly items: T[];
  readonly nextToken?: string;
}

/** What a service throws for a token that it did not give. */
type Refuse = () => Error;

/** A token: a few words of ours that a client hands back unread. */
export const sealToken = (words: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(words)).toString("base64url");

/** What a token of ours holds; anything else is refused. */
export const openToken = <T>(token: string, isRight: (words: unknown) => words is T, refuse: Refuse): T => {
  try {
    const words: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (isRight(words)) return words;
  } catch {
    // Not a token of ours: refused below.
  }
  throw refuse();
};

const isText = (words: unknown): words is readonly [string] =>
  Array.isArray(words) && words.length === 1 && typeof words[0] === "string";

/** The token of a list that is read on from a name. */
export const sealName = (name: string): string => sealToken([name]);

/** The name in such a token. */
export const openName = (token: string, refuse: Refuse): string => openToken(token, isText, refuse)[0];

const areNeighbours = (words: unknown): words is readonly [string, string] =>
  Array.isArray(words) && words.length === 2 && words.every((word) => typeof word === "string");

/**
 * Pages of things that have names, in whatever order they come. A token names the last item shown and the next one, so that
 * a client may delete what it was shown before it asks for the rest.
 */
export const pagesByName =
  (refuse: Refuse) =>
  <T>(all: Iterable<T>, nameOf: (item: T) => string, token: string | undefined, size: number): Page<T> =>
    token === undefined ? firstOf(all, nameOf, size) : firstOf(restOf([...all], nameOf, token, refuse), nameOf, size);

const firstOf = <T>(rest: Iterable<T>, nameOf: (item: T) => string, size: number): Page<T> => {
  const items: T[] = [];
  for (const item of rest) {
    const last = items.at(-1);
    if (items.length >= size && last !== undefined)
      return { items, nextToken: sealToken([nameOf(last), nameOf(item)]) };
    items.push(item);
  }
  return { items };
};

const restOf = <T>(all: readonly T[], nameOf: (item: T) => string, token: string, refuse: Refuse): readonly T[] => {
  const [last, next] = openToken(token, areNeighbours, refuse);
  const start = all.findIndex((item) => nameOf(item) === next);
  if (start >= 0) return all.slice(start);
  const before = all.findIndex((item) => nameOf(item) === last);
  if (before < 0) throw refuse();
  return all.slice(before + 1);
};

const isPlace = (words: unknown): words is readonly [number] =>
  Array.isArray(words) && words.length === 1 && Number.isSafeInteger(words[0]) && words[0] >= 0;

/** Pages of things without names, or of a list that only grows at its end; a token is the number of items before the page. */
export const pagesByPlace =
  (refuse: Refuse) =>
  <T>(all: Iterable<T>, token: string | undefined, size: number): Page<T> => {
    const start = token === undefined ? 0 : openToken(token, isPlace, refuse)[0];
    const items: T[] = [];
    let place = 0;
    for (const item of all) {
      if (items.length === size) return { items, nextToken: sealToken([place]) };
      if (place >= start) items.push(item);
      place += 1;
    }
    return { items };
  };
