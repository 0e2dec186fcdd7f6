import type * as sdk from "@aws-sdk/client-codecommit";
import type { GitMeans } from "../../engines/git/gitCommand.ts";
import type { ProcessPort } from "../../engines/process/port.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tables } from "./records.ts";

/** An operation of CodeCommit. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"codecommit", O>;

/** CodeCommit in one account and region. Its repositories lie on the Git host. */
export interface Room extends GitMeans {
  readonly deps: RoomDeps;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tables: Tables;
  readonly processes: ProcessPort & AsyncDisposable;
  /** The names of repositories that are being made. */
  readonly making: Set<string>;
  /** Ends the listening for pushes. */
  readonly stopListening: () => void;
}

/** Tells this room from other things, for the door that holds rooms without knowing their types. */
export const openRoomOf = (value: unknown): Room | undefined => (isRoom(value) ? value : undefined);

export const opened = new WeakSet<object>();

const isRoom = (value: unknown): value is Room => typeof value === "object" && value !== null && opened.has(value);

export const SERVICE_PRINCIPAL = "codecommit.amazonaws.com";
