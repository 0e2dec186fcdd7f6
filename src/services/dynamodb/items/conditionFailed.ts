import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { Item } from "../values/attributeValue.ts";
import { itemAnswer } from "./answers.ts";

/** A condition that an item does not meet; carries the item when the caller asked for it. */
export const conditionFailed = (item?: Item) =>
  new ConditionalCheckFailedException({
    message: "The conditional request failed",
    $metadata: {},
    ...(item ? { Item: itemAnswer(item) } : {}),
  });
