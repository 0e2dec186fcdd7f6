import type { Codec } from "../../../store/records.ts";
import { validationError } from "../errors.ts";
import { MAX_ITEM_BYTES } from "../limits.ts";
import type { Item } from "../values/attributeValue.ts";
import { itemSize } from "../values/size.ts";

/**
 * An item as it lies in the store: its canonical wire JSON, which an answer carries as it is, and the size DynamoDB
 * counts for it, so that pages and capacity need no look inside.
 */
export class StoredItem {
  readonly bytes: number;
  readonly text: string;
  #item: Item | undefined;

  constructor(bytes: number, text: string, item?: Item) {
    this.bytes = bytes;
    this.text = text;
    this.#item = item;
  }

  /** The item itself, parsed when first asked for. */
  get item(): Item {
    const item: Item = this.#item ?? JSON.parse(this.text);
    this.#item = item;
    return item;
  }
}

/** An item ready to be stored. */
export const toStore = (item: Item): StoredItem => new StoredItem(itemSize(item), JSON.stringify(item), item);

/** AWS: an item that is too large is refused before anybody looks for its table. */
export const checkItemSize = (item: Item): void => {
  if (itemSize(item) > MAX_ITEM_BYTES) throw validationError("Item size has exceeded the maximum allowed size");
};

/** The size in decimal, then the JSON, whose first character is its brace. */
export const storedItem: Codec<StoredItem> = {
  plainText: true,
  // The text, and as much again for the item parsed from it.
  weigh: ({ text }) => 3 * text.length,
  encode: ({ bytes, text }) => bytes + text,
  decode: (stored) => {
    const whole = typeof stored === "string" ? stored : Buffer.from(stored).toString("utf8");
    const brace = whole.indexOf("{");
    return new StoredItem(Number(whole.slice(0, brace)), whole.slice(brace));
  },
};
