import type { AwsModels, OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Cipher, RoomDeps } from "../../kernel/service.ts";
import { type Collections, openCollections, openKeys } from "./collections.ts";

/** An operation of KMS. */
export type Operation<O extends OperationName<AwsModels["kms"]>> = kernel.Operation<"kms", O>;

/** KMS in one account and region. */
export interface Room extends Collections {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cipher: Cipher;
  /** The account's keys in another region. */
  readonly keysIn: (region: string) => Collections["keys"];
}

export const openRoom = ({ records, recordsIn, account, partition, region, clock, ids, cipher }: RoomDeps): Room => ({
  ...openCollections(records),
  account,
  partition,
  region,
  clock,
  ids,
  cipher,
  keysIn: (elsewhere) => openKeys(recordsIn(elsewhere)),
});
