import type * as sdk from "@aws-sdk/client-cloudwatch-logs";
import type { OperationName } from "../../kernel/aws.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { createFilters, type Filters } from "./filters/filters.ts";
import type { LiveTail } from "./filters/liveTail.ts";
import { createGroupMeter, type GroupMeter } from "./meter.ts";
import { type LogRecords, openLogRecords } from "./records.ts";

/** An operation of CloudWatch Logs. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"logs", O>;

/** The state of CloudWatch Logs in one account and region. */
export interface Room extends LogRecords, RoomDeps {
  readonly meter: GroupMeter;
  /** What becomes of events beside being kept. */
  readonly filters: Filters;
  /** The sessions of Live Tail that are open. */
  readonly liveTails: Set<LiveTail>;
  /** Ends the queries under way, by id. */
  readonly queriesUnderWay: Map<string, AbortController>;
}

export const openRoom = (deps: RoomDeps): Room => {
  const state = openLogRecords(deps.records);
  return {
    ...deps,
    ...state,
    meter: createGroupMeter(deps),
    filters: createFilters(state),
    liveTails: new Set(),
    queriesUnderWay: new Map(),
  };
};
