import type { Exchange } from "../execution/exchange.ts";
import type { Execution } from "../execution/execution.ts";
import type { PipeEvent } from "../execution/transform.ts";

/** A batch at its target. */
export interface Delivery {
  readonly arn: string;
  readonly events: readonly PipeEvent[];
  /** What the target is given of each. */
  readonly inputs: readonly string[];
  /** Whether they are a list; a function is given one that is none as it is. */
  readonly isList: boolean;
}

export interface Delivered extends Exchange {
  /** The events that the target did not take, by their places in the batch. */
  readonly failedEvents?: readonly number[];
  /** The items of the source that it did not handle, by their ids. */
  readonly failedItems?: readonly string[];
}

export type Deliver = (execution: Execution, delivery: Delivery) => Promise<Delivered>;

/** The whole batch as one text. */
export const batchText = ({ inputs, isList }: Delivery, asJson: (text: string) => string): string =>
  isList ? `[${inputs.map(asJson).join(",")}]` : asJson(inputs[0] ?? "{}");
