import { crc32 } from "node:zlib";
import type { Context } from "../../kernel/context.ts";
import { recursiveInvocation } from "./errors.ts";
import { functionArn } from "./find.ts";
import { MAX_CHAIN_RUNS, MAX_LINEAGE_FUNCTIONS } from "./limits.ts";
import type { FunctionRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Means = Pick<Room, "partition" | "region" | "account">;

/**
 * The trace in which a function runs: with the count of how often the requests that led to it have run each function. Throws
 * where they are a loop. https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export const enterChain = (
  room: Means & Pick<Room, "gauge">,
  record: FunctionRecord,
  traceId: string,
  causes: readonly (string | undefined)[],
): string => {
  if (isDropped(room, record, causes)) throw recursiveInvocation();
  return chained(room, record, traceId, causes);
};

/** Whether a function is not run, for it has run too often in one of these chains. Each time counts in its metric. */
export const isDropped = (
  room: Means & Pick<Room, "gauge">,
  record: FunctionRecord,
  causes: readonly (string | undefined)[],
): boolean => {
  if (record.recursiveLoop === "Allow" || !causes.some(hasLineage)) return false;
  const hash = hashOf(room, record);
  if (!causes.some((cause) => (runsIn(cause).get(hash) ?? -1) + 1 >= MAX_CHAIN_RUNS)) return false;
  room.gauge.tell(record.name, "RecursiveInvocationsDropped");
  return true;
};

/** A trace for what a run of the function brings about. Several chains, as of a batch's messages, go on as one. */
export const chained = (
  room: Means,
  record: FunctionRecord,
  traceId: string,
  causes: readonly (string | undefined)[],
): string => {
  const hash = hashOf(room, record);
  if (!causes.some(hasLineage)) return `${traceId};${LINEAGE}${hash}:0`;
  const runs = new Map<string, number>();
  for (const cause of causes) {
    for (const [name, count] of runsIn(cause)) runs.set(name, Math.max(count, runs.get(name) ?? 0));
  }
  const own = (runs.get(hash) ?? -1) + 1;
  runs.delete(hash);
  runs.set(hash, own);
  const pairs = [...runs].slice(-MAX_LINEAGE_FUNCTIONS).map(([name, count]) => `${name}:${count}`);
  return `${traceId};${LINEAGE}${pairs.join("|")}`;
};

/** What led to a call, where Lambda follows loops through it: AWS does through functions, queues, topics and buckets. */
export const causeOf = ({ principal, traceId }: Context): string | undefined =>
  principal.kind !== "service" || FOLLOWED.has(principal.service) ? traceId : undefined;

const FOLLOWED = new Set(["lambda.amazonaws.com", "s3.amazonaws.com", "sns.amazonaws.com", "sqs.amazonaws.com"]);

const LINEAGE = "Lineage=";

const hasLineage = (traceId: string | undefined): boolean => traceId?.includes(LINEAGE) ?? false;

/** `Lineage=a87bd80c:0|68fd508a:5`: how often each function has run again. */
const runsIn = (traceId: string | undefined): Map<string, number> => {
  const lineage = /Lineage=([^;]+)/.exec(traceId ?? "")?.[1] ?? "";
  return new Map(
    [...lineage.matchAll(/([0-9a-f]{8}):(\d{1,5})(?=$|\|)/g)].map(([, name = "", count]) => [name, Number(count)]),
  );
};

const hashOf = (room: Means, { name }: FunctionRecord): string =>
  crc32(functionArn(room, name)).toString(16).padStart(8, "0");
