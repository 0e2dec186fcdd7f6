import type { ProcessPort } from "../../engines/process/port.ts";
import { systemProcesses } from "../../engines/process/system.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GitHostModel } from "../../kernel/gitHost.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { openRepositories, openTables, type Repositories } from "./records.ts";

/** An operation of the Git host. */
export type Operation<O extends OperationName<GitHostModel>> = kernel.Operation<"git", O>;

/** The Git host: one for the whole cloud, as GitHub is one. */
export interface Room extends ReturnType<typeof openTables> {
  readonly deps: RoomDeps;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly repositories: Repositories;
  /** The telling of pushes that are being taken, by the reference and where it goes. */
  readonly announcing: Map<string, Promise<unknown>>;
  /** Ends the following of each mirror. */
  readonly following: Map<string, AbortController>;
  readonly processes: ProcessPort & AsyncDisposable;
}

export const openRoom = (deps: RoomDeps): Room => {
  const room: Room = {
    deps,
    clock: deps.clock,
    ids: deps.ids,
    repositories: openRepositories(deps.records),
    ...openTables(deps.records),
    announcing: new Map(),
    following: new Map(),
    processes: systemProcesses({ clock: deps.clock }),
  };
  opened.add(room);
  return room;
};

/** Tells this room from other things, for the door that holds rooms without knowing their types. */
export const openRoomOf = (value: unknown): Room | undefined => (isRoom(value) ? value : undefined);

const opened = new WeakSet<object>();

const isRoom = (value: unknown): value is Room => typeof value === "object" && value !== null && opened.has(value);

/** The next number of a kind: numbers are never given out twice. */
export const nextNumber = ({ counters }: Pick<Room, "counters">, ...what: readonly string[]): number => {
  const next = (counters.get(what) ?? 0) + 1;
  counters.put(what, next);
  return next;
};
