import type * as sdk from "@aws-sdk/client-dynamodb";
import { EncodedOutput } from "../../../kernel/operation.ts";
import { NO_CAPACITY } from "../capacity.ts";
import type { AttributeValue, Item } from "../values/attributeValue.ts";
import { bytesOf } from "../values/compare.ts";
import type { StoredItem } from "./storedItem.ts";

type AnswerItem = Record<string, sdk.AttributeValue>;

/** An item as the SDK has it: binary as bytes. */
export const itemAnswer = (item: Item): AnswerItem =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueAnswer(value)]));

/** An answer with one item in it, whose stored text goes to the wire as it is. `rest` is plain JSON. */
export const oneItemAnswer = <M extends "Item" | "Attributes", R extends object>(
  member: M,
  stored: StoredItem | undefined,
  rest: R,
): EncodedOutput<R & { [K in M]?: AnswerItem }> => {
  const restText = rest === NO_CAPACITY ? "{}" : JSON.stringify(rest);
  if (!stored) return new EncodedOutput(restText, () => ({ ...rest }));
  const text = `{"${member}":${stored.text}${restText === "{}" ? "}" : `,${restText.slice(1)}`}`;
  return new EncodedOutput(text, () => ({ ...rest, [member]: itemAnswer(stored.item) }));
};

/** What a page of Query or Scan read. */
interface ReadPage {
  readonly items: readonly StoredItem[];
  readonly count: number;
  readonly scanned: number;
  readonly lastKey: Item | undefined;
}

/** The same with the items of a page. */
export const pageAnswer = <C extends object>(
  { items, count, scanned, lastKey }: ReadPage,
  { countsOnly, capacity }: { readonly countsOnly: boolean; readonly capacity: C },
) => {
  const counts = { Count: count, ScannedCount: scanned, ...capacity };
  const lastText = lastKey ? `"LastEvaluatedKey":${JSON.stringify(lastKey)},` : "";
  const itemsText = countsOnly ? "" : `"Items":[${items.map(({ text }) => text).join(",")}],`;
  const text = `{${itemsText}${lastText}${JSON.stringify(counts).slice(1)}`;
  return new EncodedOutput(text, () => ({
    ...counts,
    ...(countsOnly ? {} : { Items: items.map(({ item }) => itemAnswer(item)) }),
    ...(lastKey ? { LastEvaluatedKey: itemAnswer(lastKey) } : {}),
  }));
};

const valueAnswer = (value: AttributeValue): sdk.AttributeValue => {
  if ("B" in value) return { B: bytesOf(value.B) };
  if ("BS" in value) return { BS: value.BS.map(bytesOf) };
  if ("L" in value) return { L: value.L.map(valueAnswer) };
  if ("M" in value) return { M: itemAnswer(value.M) };
  if ("SS" in value) return { SS: [...value.SS] };
  if ("NS" in value) return { NS: [...value.NS] };
  return value;
};
