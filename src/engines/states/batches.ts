import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import type { MapInput } from "./model.ts";

/** How items are put together. 0: without that limit. */
export interface Batching {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** What every batch is given besides. */
  readonly input?: JsonValue;
}

/** Items in batches, in their order. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export const batchesOf = (items: readonly JsonValue[], { maxItems, maxBytes, input }: Batching): MapInput[] => {
  const shared: JsonObject = input === undefined ? {} : { BatchInput: input };
  const empty = Buffer.byteLength(JSON.stringify({ ...shared, Items: [] }));
  const batches: MapInput[] = [];
  let held: JsonValue[] = [];
  let bytes = empty;
  const close = () => {
    if (held.length > 0) batches.push({ input: { ...shared, Items: held }, items: held.length });
    held = [];
    bytes = empty;
  };
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    // An item that is too large alone is a batch alone.
    if (maxBytes > 0 && bytes + size > maxBytes + 1) close();
    held.push(item);
    bytes += size;
    if (held.length === maxItems) close();
  }
  close();
  return batches;
};
