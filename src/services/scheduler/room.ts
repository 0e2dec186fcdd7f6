import type * as sdk from "@aws-sdk/client-scheduler";
import { type Agenda, createAgenda } from "../../engines/schedule/agenda.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tasks } from "../../kernel/tasks.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of EventBridge Scheduler. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"scheduler", O>;

/** EventBridge Scheduler in one account and region. */
export interface Room extends Collections {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tasks: Tasks;
  readonly endpoint: () => string;
  readonly contextAs: RoomDeps["contextAs"];
  /** When each schedule is next due, by `group/name`. */
  readonly agenda: Agenda;
}

/** What is called when a schedule is due: the invocation, which needs the room. */
type OnDue = (room: Room, key: string) => void;

export const openRoom = (deps: RoomDeps, onDue: OnDue): Room => {
  const { account, region, partition, clock, ids, tasks, endpoint, contextAs } = deps;
  const room: Room = {
    ...openCollections(deps.records),
    account,
    region,
    partition,
    clock,
    ids,
    tasks,
    endpoint,
    contextAs,
    agenda: createAgenda({ ...deps, onDue: (key) => onDue(room, key) }),
  };
  return room;
};
