import { MAX_CACHED_EXPRESSIONS } from "../limits.ts";

/**
 * A parser that remembers its last results. Programs send few expression texts many times over, and what a text parses
 * to depends on nothing else.
 */
export const cached = <T>(parse: (text: string) => T): ((text: string) => T) => {
  const results = new Map<string, T>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = parse(text);
    if (results.size >= MAX_CACHED_EXPRESSIONS) results.clear();
    results.set(text, result);
    return result;
  };
};
