import { MAX_BATCH_BYTES } from "./limits.ts";
import type { SqsItem } from "./sqsEvent.ts";

/** A batch in parts that each fit into an event. */
export const inPayloads = (items: readonly SqsItem[]): readonly (readonly SqsItem[])[] => {
  const parts: SqsItem[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    const last = parts.at(-1);
    if (last && bytes + size < MAX_BATCH_BYTES) {
      last.push(item);
      bytes += size;
    } else {
      parts.push([item]);
      bytes = size;
    }
  }
  return parts;
};

export const parted = <T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] => {
  const passing: T[] = [];
  const others: T[] = [];
  for (const item of items) (test(item) ? passing : others).push(item);
  return [passing, others];
};
