import type { Codec } from "../../../store/records.ts";
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
