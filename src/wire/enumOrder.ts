/**
 * The values of an enum in the order in which AWS's messages list them: that of a Java hash table of 32 buckets, in which
 * what came later stands before what came earlier in the same bucket. No page says so; every recorded message does.
 */
export const enumOrder = (values: readonly string[]): string[] => {
  const buckets = Array.from({ length: BUCKETS }, (): string[] => []);
  for (const value of values) buckets[hashOf(value) & (BUCKETS - 1)]?.unshift(value);
  return buckets.flat();
};

const BUCKETS = 32;

/** Java's `String.hashCode`. */
const hashOf = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
};
