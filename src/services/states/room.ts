import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { Bells } from "./bells.ts";
import { createMachineMeter, type MachineMeter } from "./meter.ts";
import { type Collections, openCollections } from "./records.ts";
import { createMachineTracing, type MachineTracing } from "./run/tracing.ts";

/** An operation of Step Functions. */
export type Operation<O extends OperationName<AwsModels["states"]>> = kernel.Operation<"states", O>;

/** Step Functions in one account and region. */
export interface Room extends Collections {
  readonly deps: RoomDeps;
  readonly meter: MachineMeter;
  /** Ring for a token or an activity when something has happened to it. */
  readonly bells: Bells;
  readonly tracing: MachineTracing;
  /** Ends the executions under way, by id. */
  readonly running: Map<string, AbortController>;
}

export const openRoom = (deps: RoomDeps): Room => ({
  ...openCollections(deps.records),
  deps,
  meter: createMachineMeter(deps),
  tracing: createMachineTracing(deps),
  bells: new Bells(),
  running: new Map(),
});
