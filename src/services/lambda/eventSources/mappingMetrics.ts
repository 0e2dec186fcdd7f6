import type { ItemCount } from "../../../engines/eventSources/source.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";

/**
 * Counts events for CloudWatch, where the mapping's MetricsConfig asks for it.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
 */
export const countEvents = (
  { metrics, account, region }: Pick<Room, "metrics" | "account" | "region">,
  mapping: EventSourceRecord,
  name: ItemCount | "OnFailureDestinationDeliveredEventCount",
  count: number,
): void => {
  if (count === 0 || !mapping.metrics?.includes("EventCount")) return;
  const dimensions = [{ name: "EventSourceMappingUUID", value: mapping.uuid }];
  metrics.record(account, region, [{ namespace: "AWS/Lambda", name, unit: "Count", dimensions }], count);
};
