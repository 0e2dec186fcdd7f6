import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of CloudWatch. */
export type Operation<O extends OperationName<AwsModels["cloudwatch"]>> = kernel.Operation<"cloudwatch", O>;

/** CloudWatch in one account and region. */
export interface Room extends Collections, RoomDeps {
  readonly watch: Watch;
}

/** Where the room's standing look at its alarms is. */
export interface Watch {
  isRunning: boolean;
  /** Until when alarms were evaluated. */
  until: number;
  evaluating: boolean;
  historyNumber: number;
}

export const openRoom = (deps: RoomDeps): Room => ({
  ...deps,
  ...openCollections(deps.records),
  watch: { isRunning: false, until: deps.clock.now(), evaluating: false, historyNumber: 0 },
});

/** Tells CloudWatch's room among others, for what records metrics beside the API. */
export const isCloudWatchRoom = (room: unknown): room is Room =>
  typeof room === "object" && room !== null && "cells" in room && "watch" in room;
