import { type ChangeLogs, openChangeLogs } from "../../engines/changes/changeLogs.ts";
import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";

/** An operation of DynamoDB Streams. */
export type Operation<O extends OperationName<AwsModels["dynamodbstreams"]>> = kernel.Operation<"dynamodbstreams", O>;

/** The streams of one account and region: what DynamoDB writes, to be read. */
export interface Room {
  readonly changes: ChangeLogs;
  readonly clock: Clock;
}

export const openRoom = ({ records, clock }: RoomDeps): Room => ({ changes: openChangeLogs(records), clock });
