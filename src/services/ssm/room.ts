import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Cipher, RoomDeps } from "../../kernel/service.ts";
import { type Announce, announcer } from "./announce.ts";
import { type Collections, openCollections } from "./records.ts";

/** An operation of Systems Manager. */
export type Operation<O extends OperationName<AwsModels["ssm"]>> = kernel.Operation<"ssm", O>;

/** Parameter Store in one account and region. */
export interface Room extends Collections {
  readonly clock: Clock;
  readonly cipher: Cipher;
  readonly announce: Announce;
}

export const openRoom = (deps: RoomDeps): Room => ({
  ...openCollections(deps.records),
  clock: deps.clock,
  cipher: deps.cipher,
  announce: announcer(deps),
});
