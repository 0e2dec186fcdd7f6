import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of CodeStar Notifications. */
export type Operation<O extends OperationName<AwsModels["codestar-notifications"]>> = kernel.Operation<
  "codestar-notifications",
  O
>;

/** CodeStar Notifications in one account and region. */
export interface Room extends Collections {
  readonly deps: RoomDeps;
  /** What failed in each pipeline execution so far, for the message of its end. */
  readonly failures: Map<string, readonly JsonObject[]>;
  /** What the source actions of each execution have taken so far, for the messages of its stages. */
  readonly sources: Map<string, readonly JsonObject[]>;
  stop: () => void;
}

export const openRoom = (deps: RoomDeps): Room => ({
  ...openCollections(deps.records),
  deps,
  failures: new Map(),
  sources: new Map(),
  stop: () => {},
});
