import type * as sdk from "@aws-sdk/client-dynamodb";
import type { AttributeValue, Item } from "../values/attributeValue.ts";
import { bytesOf } from "../values/compare.ts";

type AnswerItem = Record<string, sdk.AttributeValue>;

/** An item as the SDK has it: binary as bytes. */
export const itemAnswer = (item: Item): AnswerItem =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueAnswer(value)]));

const valueAnswer = (value: AttributeValue): sdk.AttributeValue => {
  if ("B" in value) return { B: bytesOf(value.B) };
  if ("BS" in value) return { BS: value.BS.map(bytesOf) };
  if ("L" in value) return { L: value.L.map(valueAnswer) };
  if ("M" in value) return { M: itemAnswer(value.M) };
  if ("SS" in value) return { SS: [...value.SS] };
  if ("NS" in value) return { NS: [...value.NS] };
  return value;
};
