import { invalidParameter } from "./errors.ts";
import type { TableRecord, Throughput } from "./records.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html */
const ON_DEMAND: Throughput = { read: 12_000, write: 4_000 };

/** What a table or an index takes at once, by how it is paid for. */
interface Paid {
  readonly billingMode: TableRecord["billingMode"];
  readonly throughput: Throughput;
}

/** As warm as it is from the start. */
export const initialWarmth = ({ billingMode, throughput }: Paid): Throughput =>
  billingMode === "PAY_PER_REQUEST" ? ON_DEMAND : throughput;

export interface WarmInput {
  readonly ReadUnitsPerSecond?: number | undefined;
  readonly WriteUnitsPerSecond?: number | undefined;
}

/** The warmth that is asked for, of the table or of the index of that name. Throws where it is less than there is from the start. */
export const readWarm = (
  { ReadUnitsPerSecond, WriteUnitsPerSecond }: WarmInput,
  paid: Paid,
  index?: string,
): Throughput => {
  const least = initialWarmth(paid);
  const { read, write } = { read: ReadUnitsPerSecond ?? least.read, write: WriteUnitsPerSecond ?? least.write };
  const tooLow = read < least.read ? "ReadUnitsPerSecond" : write < least.write ? "WriteUnitsPerSecond" : undefined;
  if (tooLow === undefined) return { read, write };
  const whose = index === undefined ? "table" : `index ${index}`;
  // The words for provisioned throughput are ours.
  const what = paid.billingMode === "PAY_PER_REQUEST" ? "initial throughput for OnDemand" : "provisioned throughput";
  throw invalidParameter(`Requested ${tooLow} for WarmThroughput for ${whose} is lower than ${what}`);
};
