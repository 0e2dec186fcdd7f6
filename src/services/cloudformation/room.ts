import type * as sdk from "@aws-sdk/client-cloudformation";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { openTables, type Tables } from "./records.ts";
import type { ResourceTypes } from "./registry.ts";
import { Responses } from "./run/responses.ts";
import { type Running, runningIn } from "./run/running.ts";

/** An operation of CloudFormation. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"cloudformation", O>;

/** What the assembler of the cloud joins to this room. */
export interface CloudFormationParts {
  readonly types: ResourceTypes;
}

/** CloudFormation in one account and region. */
export interface Room {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly deps: RoomDeps;
  readonly parts: CloudFormationParts;
  readonly running: Running;
  readonly responses: Responses;
  /** Nested stacks whose next update brings them back to what they were before the last. */
  readonly returning: Set<string>;
}

export const openRoom =
  (parts: CloudFormationParts) =>
  (deps: RoomDeps): Room => {
    const room: Room = {
      account: deps.account,
      region: deps.region,
      partition: deps.partition,
      tables: openTables(deps.records, deps.cipher),
      clock: deps.clock,
      ids: deps.ids,
      deps,
      parts,
      running: runningIn(deps.tasks),
      responses: new Responses(),
      returning: new Set(),
    };
    opened.add(room);
    return room;
  };

/** Tells a room of CloudFormation from other things, for the doors that hold rooms without knowing their types. */
export const openRoomOf = (value: unknown): Room | undefined => (isRoom(value) ? value : undefined);

const opened = new WeakSet<object>();

const isRoom = (value: unknown): value is Room => typeof value === "object" && value !== null && opened.has(value);
