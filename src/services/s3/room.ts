import type * as sdk from "@aws-sdk/client-s3";
import { type Agenda, createAgenda } from "../../engines/schedule/agenda.ts";
import type { OperationName } from "../../kernel/aws.ts";
import { DAY_MS } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Records } from "../../store/records.ts";
import { type Callers, createCallers } from "./accessLogs/callers.ts";
import { type Configurations, openConfigurations } from "./configurations.ts";
import { LOG_DELIVERY_MS } from "./limits.ts";
import { createPeriodic, type Periodic } from "./periodic.ts";
import { openS3Records, type S3Records } from "./records.ts";

/** An operation of S3. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"s3", O>;

/** The state of S3: one for all accounts and regions, for the names of buckets are global. */
export interface Room
  extends S3Records,
    Pick<RoomDeps, "blobs" | "clock" | "ids" | "tasks" | "events" | "contextAs">,
    Pick<Records, "atomically" | "committed"> {
  /** Documents set on buckets that only their own operations and few others look at. */
  readonly configurations: Configurations;
  /** The buckets of which versions are under way to others. */
  readonly replicating: Set<string>;
  /** When lifecycles are applied. */
  readonly daily: Periodic;
  /** Whose requests are under way to buckets whose access is logged, and when the logs are delivered. */
  readonly callers: Callers;
  readonly logDelivery: Periodic;
  /** When restorations of archived objects are complete, and when their copies expire. */
  readonly restorations: Agenda;
}

/** What is called when a restoration is due, which needs the room. */
type OnRestorationDue = (room: Room, id: string, dueAt: number) => void;

export const openRoom = (
  { records, blobs, clock, ids, tasks, events, contextAs }: RoomDeps,
  onRestorationDue: OnRestorationDue,
): Room => {
  const room: Room = {
    ...openS3Records(records),
    configurations: openConfigurations(records),
    replicating: new Set(),
    atomically: (work) => records.atomically(work),
    committed: () => records.committed(),
    daily: createPeriodic("s3 lifecycles", DAY_MS, { clock, tasks }),
    callers: createCallers(),
    logDelivery: createPeriodic("s3 access logs", LOG_DELIVERY_MS, { clock, tasks }),
    restorations: createAgenda({
      records,
      clock,
      tasks,
      onDue: (id, dueAt) => onRestorationDue(room, id, dueAt),
    }),
    blobs,
    clock,
    ids,
    tasks,
    events,
    contextAs,
  };
  return room;
};
