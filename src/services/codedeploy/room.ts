import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { Bells } from "./deploy/bells.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of CodeDeploy. */
export type Operation<O extends OperationName<AwsModels["codedeploy"]>> = kernel.Operation<"codedeploy", O>;

/** CodeDeploy in one account and region. */
export interface Room extends Collections {
  readonly deps: RoomDeps;
  /** Wakes deployments that wait. */
  readonly bells: Bells;
}

export const openRoom = (deps: RoomDeps): Room => ({
  ...openCollections(deps.records),
  deps,
  bells: new Bells(),
});
