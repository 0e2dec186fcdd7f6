import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import type { Records } from "../../store/records.ts";
import { Arrivals } from "./arrivals.ts";
import { createQueueMeter, type Glances, type QueueMeter } from "./meter.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of SQS. */
export type Operation<O extends OperationName<AwsModels["sqs"]>> = kernel.Operation<"sqs", O>;

/** SQS in one account and region. */
export interface Room extends Collections {
  readonly account: string;
  readonly records: Records;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly endpoint: () => string;
  readonly arrivals: Arrivals;
  readonly meter: QueueMeter;
  readonly glances: Glances;
}

export const openRoom = (deps: RoomDeps): Room => {
  const { account, records, clock, ids, tasks, endpoint } = deps;
  return {
    ...openCollections(records),
    account,
    records,
    clock,
    ids,
    tasks,
    endpoint,
    arrivals: new Arrivals(),
    meter: createQueueMeter(deps),
    glances: new Map(),
  };
};
