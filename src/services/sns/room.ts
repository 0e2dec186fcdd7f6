import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of SNS. */
export type Operation<O extends OperationName<AwsModels["sns"]>> = kernel.Operation<"sns", O>;

/** SNS in one account and region. */
export interface Room extends Collections {
  readonly account: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly endpoint: () => string;
  readonly contextAs: RoomDeps["contextAs"];
  /** The last delivery of each message group to each receiver, for the next one to wait for. */
  readonly groups: Map<string, Promise<void>>;
}

export const openRoom = ({ records, account, clock, ids, tasks, endpoint, contextAs }: RoomDeps): Room => ({
  ...openCollections(records),
  account,
  clock,
  ids,
  tasks,
  endpoint,
  contextAs,
  groups: new Map(),
});
