import { type ChangeLogs, openChangeLogs } from "../../engines/changes/changeLogs.ts";
import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import type { Collection, Records } from "../../store/records.ts";
import { type Backups, openBackups } from "./backups.ts";
import { type Budgets, openBudgets } from "./budgets.ts";
import { type Histories, openHistories } from "./items/history.ts";
import { openTableSizes, type TableSizes } from "./items/tableSizes.ts";
import { openTables, type Tables } from "./records.ts";
import { openTransfers, type Transfers } from "./transfers/records.ts";

/** An operation of DynamoDB. */
export type Operation<O extends OperationName<AwsModels["dynamodb"]>> = kernel.Operation<"dynamodb", O>;

/** A transaction that was answered, by its client's token. */
export interface AnsweredTransaction {
  readonly digest: string;
  readonly at: number;
}

/** The state of DynamoDB in one account and region. */
export interface Room {
  readonly region: string;
  readonly tables: Tables;
  readonly sizes: TableSizes;
  readonly budgets: Budgets;
  readonly changes: ChangeLogs;
  readonly histories: Histories;
  readonly backups: Backups;
  readonly transfers: Transfers;
  /** Runs work a slice in each turn, so that long work holds nobody up; `slice` says when it is done. */
  readonly inSlices: (name: string, slice: () => boolean) => void;
  readonly contextAs: RoomDeps["contextAs"];
  readonly records: Records;
  readonly transactions: Collection<AnsweredTransaction>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly endpoint: () => string;
  /** Whether the next sweep is awaited. */
  readonly sweeping: { armed: boolean };
  /** Aborts when the room closes. */
  readonly closing: AbortController;
}

export const openRoom = ({ region, records, clock, ids, tasks, endpoint, contextAs }: RoomDeps): Room => {
  const tables = openTables(records);
  return {
    region,
    tables,
    sizes: openTableSizes({ records, tables, inSlices: inSlices(tasks) }),
    budgets: openBudgets(clock),
    inSlices: inSlices(tasks),
    changes: openChangeLogs(records),
    histories: openHistories(records),
    backups: openBackups(records),
    transfers: openTransfers(records),
    contextAs,
    records,
    transactions: records.collection("transactions"),
    clock,
    ids,
    tasks,
    endpoint,
    sweeping: { armed: false },
    closing: new AbortController(),
  };
};

const inSlices =
  (tasks: Tasks) =>
  (name: string, slice: () => boolean): void =>
    tasks.spawn(name, async (signal) => {
      while (!signal.aborted && !slice()) await new Promise((resolve) => setImmediate(resolve));
    });
