import type * as sdk from "@aws-sdk/client-secrets-manager";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Cipher, RoomDeps } from "../../kernel/service.ts";
import type { Collection } from "../../store/records.ts";
import { openSecrets, type Secrets } from "./records.ts";

/** An operation of Secrets Manager. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"secretsmanager", O>;

/** The state of Secrets Manager in one account and region. */
export interface Room {
  readonly secrets: Secrets;
  /** Client request tokens seen, by secret name: what makes a repeated request safe. */
  readonly policies: Collection<string>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cipher: Cipher;
}

export const openRoom = ({ records, clock, ids, cipher }: RoomDeps): Room => ({
  secrets: openSecrets(records),
  policies: records.collection("policies"),
  clock,
  ids,
  cipher,
});
