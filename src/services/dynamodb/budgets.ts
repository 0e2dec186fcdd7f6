import { ProvisionedThroughputExceededException, ThrottlingException } from "@aws-sdk/client-dynamodb";
import type { Clock } from "../../kernel/clock.ts";
import type { Usage } from "./capacity.ts";
import { BURST_SECONDS } from "./limits.ts";
import type { IndexRecord, TableRecord } from "./records.ts";

/** The tag that has a table throttled as AWS would: `on`. Differs: without it, no table is. */
const THROTTLING_TAG = "aloft:throttling";

export const asksForThrottling = (tags: TableRecord["tags"]): boolean =>
  tags.some(({ key, value }) => key === THROTTLING_TAG && value === "on");

/** What throttled tables may use. */
export interface Budgets {
  /**
   * Takes what a read or a write used from what its table and indexes may use. AWS: a call is let through as long as
   * anything is left, and may take more than that. Throws when nothing is left of one of them, and takes nothing then.
   */
  spend(table: TableRecord, kind: "read" | "write", usage: Usage): void;
}

/** What is left of one of a table's or an index's two rates. */
interface Bucket {
  units: number;
  at: number;
}

interface Rate {
  readonly unitsPerSecond: number;
  readonly burstSeconds: number;
}

/** Kept for so many rates; beyond that all begin anew. */
const MAX_BUCKETS = 10_000;

export const openBudgets = (clock: Clock): Budgets => {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (name: string, { unitsPerSecond, burstSeconds }: Rate): Bucket => {
    const now = clock.now();
    const { units, at } = buckets.get(name) ?? { units: unitsPerSecond, at: now };
    const earned = ((now - at) / 1000) * unitsPerSecond;
    const bucket = { units: Math.min(units + earned, unitsPerSecond * burstSeconds), at: now };
    if (buckets.size >= MAX_BUCKETS && !buckets.has(name)) buckets.clear();
    buckets.set(name, bucket);
    return bucket;
  };
  return {
    spend: (table, kind, usage) => {
      const uses = usesOf(table, usage).flatMap(({ index, units }) => {
        const rate = units > 0 ? rateOf(table, index, kind) : undefined;
        if (!rate) return [];
        return [{ index, units, bucket: bucketOf(`${table.id} ${kind} ${index?.name ?? ""}`, rate) }];
      });
      const exceeded = uses.find(({ bucket }) => bucket.units <= 0);
      if (exceeded) throw throttled(table, exceeded.index, kind);
      for (const { bucket, units } of uses) bucket.units -= units;
    },
  };
};

/** AWS: local indexes use what their table has, global ones have their own. */
const usesOf = (table: TableRecord, { table: own, indexes = new Map() }: Usage) => {
  const globals = table.indexes.filter(({ local }) => !local);
  const local = table.indexes.reduce((sum, { local, name }) => sum + (local ? (indexes.get(name) ?? 0) : 0), 0);
  return [
    { index: undefined, units: own + local },
    ...globals.map((index) => ({ index, units: indexes.get(index.name) ?? 0 })),
  ];
};

export const isThrottling = (error: unknown): error is ThrottlingException | ProvisionedThroughputExceededException =>
  error instanceof ProvisionedThroughputExceededException || error instanceof ThrottlingException;

/** How much a second, and for how many seconds what was not used is kept; undefined where nothing limits it. */
const rateOf = (table: TableRecord, index: IndexRecord | undefined, kind: "read" | "write"): Rate | undefined => {
  const { throughput, onDemandThroughput } = index ?? table;
  if (table.billingMode === "PROVISIONED") return { unitsPerSecond: throughput[kind], burstSeconds: BURST_SECONDS };
  const maximum = kind === "read" ? onDemandThroughput?.maxRead : onDemandThroughput?.maxWrite;
  return maximum === undefined || maximum < 0 ? undefined : { unitsPerSecond: maximum, burstSeconds: 1 };
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-diagnosing.html */
const throttled = (table: TableRecord, index: IndexRecord | undefined, kind: "read" | "write") => {
  const what = `${index ? "Index" : "Table"}${kind === "read" ? "Read" : "Write"}`;
  const resource = index ? `${table.arn}/index/${index.name}` : table.arn;
  const $metadata = {};
  if (table.billingMode === "PAY_PER_REQUEST")
    return new ThrottlingException({
      message: "Throughput exceeds the maximum OnDemandThroughput configured on table or index",
      throttlingReasons: [{ reason: `${what}MaxOnDemandThroughputExceeded`, resource }],
      $metadata,
    });
  return new ProvisionedThroughputExceededException({
    message: index ? INDEX_EXCEEDED : TABLE_EXCEEDED,
    ThrottlingReasons: [{ reason: `${what}ProvisionedThroughputExceeded`, resource }],
    $metadata,
  });
};

const TABLE_EXCEEDED =
  "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";
const INDEX_EXCEEDED =
  "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API";
