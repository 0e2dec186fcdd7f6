import type * as sdk from "@aws-sdk/client-cloudwatch-logs";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Records } from "../../store/records.ts";
import { type LogRecords, openLogRecords } from "./records.ts";

/** An operation of CloudWatch Logs. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"logs", O>;

/** The state of CloudWatch Logs in one account and region. */
export interface Room extends LogRecords {
  readonly clock: Clock;
  readonly records: Records;
}

export const openRoom = ({ records, clock }: RoomDeps): Room => ({ ...openLogRecords(records), records, clock });
