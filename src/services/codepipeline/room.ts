import type * as sdk from "@aws-sdk/client-codepipeline";
import type { PipelineEngine } from "../../engines/pipeline/engine.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Tables } from "./records.ts";

/** An operation of CodePipeline. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"codepipeline", O>;

/** CodePipeline in one account and region. */
export interface Room {
  readonly deps: RoomDeps;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tables: Tables;
  readonly engine: PipelineEngine;
  /** Wakes the actions that wait for an answer, once one is kept. */
  readonly answered: Set<() => void>;
  /** Ends the listening for pushes. */
  readonly stopListening: () => void;
}

/** Tells this room from other things, for the door that holds rooms without knowing their types. */
export const openRoomOf = (value: unknown): Room | undefined => (isRoom(value) ? value : undefined);

export const opened = new WeakSet<object>();

const isRoom = (value: unknown): value is Room => typeof value === "object" && value !== null && opened.has(value);

export const SERVICE_PRINCIPAL = "codepipeline.amazonaws.com";
