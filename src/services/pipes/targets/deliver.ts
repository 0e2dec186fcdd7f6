import { type EndpointKind, endpointKind, maxBatchOf } from "../definition/endpoint.ts";
import type { Enriched } from "../execution/enrich.ts";
import type { Execution } from "../execution/execution.ts";
import { StageFailure } from "../execution/failure.ts";
import { exchanged, invocation } from "../execution/invocation.ts";
import { transformed } from "../execution/transformed.ts";
import { toBus } from "./bus.ts";
import type { Deliver, Delivered } from "./delivery.ts";
import { toLambda, toMachine } from "./functions.ts";
import { toEndpoint } from "./http.ts";
import { toLogGroup } from "./logs.ts";
import { toQueue, toTopic } from "./queues.ts";

const TARGETS: Readonly<Record<EndpointKind, Deliver>> = {
  api: toEndpoint,
  apiDestination: toEndpoint,
  bus: toBus,
  lambda: toLambda,
  logs: toLogGroup,
  sns: toTopic,
  sqs: toQueue,
  states: toMachine,
};

/** Delivers a batch; answers the items of the source that are to be tried again, by their places. */
export const deliver = async (execution: Execution, { events, isList }: Enriched): Promise<ReadonlySet<number>> => {
  const { pipe, journal, itemIds } = execution;
  const arn = pipe.target;
  const most = maxBatchOf(arn);
  if (events.length > most) {
    throw new StageFailure({
      message: `The enrichment answered ${events.length} events, and the target takes no more than ${most}.`,
    });
  }
  const inputs = transformed(execution, "Target", pipe.targetParameters?.InputTemplate, events);
  const kind = endpointKind(arn);
  if (kind === undefined) throw new StageFailure({ message: `The target ${arn} is not supported.` });
  const delivered = await invocation(execution, "Target", arn, () =>
    TARGETS[kind](execution, { arn, events, inputs, isList }),
  );
  const failed = failedPlaces(delivered, events.length, itemIds);
  const exchange = exchanged(delivered);
  if (failed.size === 0) journal.note("TRACE", "TargetInvocationSucceeded", exchange);
  else journal.note("ERROR", "TargetInvocationPartiallyFailed", exchange);
  return failed;
};

/** AWS: an event that an enrichment has made cannot be told by its place where their number is another one: all are tried again. */
const failedPlaces = (
  { failedEvents = [], failedItems = [] }: Delivered,
  events: number,
  itemIds: readonly string[],
): ReadonlySet<number> => {
  if (failedEvents.length > 0 && events !== itemIds.length) return new Set(itemIds.keys());
  return new Set([...failedEvents, ...failedItems.map((item) => itemIds.indexOf(item))]);
};
