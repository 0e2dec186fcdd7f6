import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Collection, Records } from "../../store/records.ts";
import { openTables, type Tables } from "./records.ts";

/** An operation of DynamoDB. */
export type Operation<O extends OperationName<AwsModels["dynamodb"]>> = kernel.Operation<"dynamodb", O>;

/** A transaction that was answered, by its client's token. */
export interface AnsweredTransaction {
  readonly digest: string;
  readonly at: number;
}

/** The state of DynamoDB in one account and region. */
export interface Room {
  readonly tables: Tables;
  readonly records: Records;
  readonly transactions: Collection<AnsweredTransaction>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export const openRoom = ({ records, clock, ids }: RoomDeps): Room => ({
  tables: openTables(records),
  records,
  transactions: records.collection("transactions"),
  clock,
  ids,
});
