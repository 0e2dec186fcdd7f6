import type * as sdk from "@aws-sdk/client-sts";
import { createIssuerKeys, type IssuerKeys } from "../../engines/openId/issuerKeys.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Context } from "../../kernel/context.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { Principal } from "../../kernel/principal.ts";
import type { RoomDeps } from "../../kernel/service.ts";

/** An operation of the Security Token Service. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"sts", O>;

/** STS keeps nothing but the keys of identity providers, for a while: its credentials carry what they are. */
export interface Room {
  readonly account: string;
  readonly ids: Ids;
  readonly issuerKeys: IssuerKeys;
  readonly clock: Clock;
  readonly secondFactor: RoomDeps["secondFactor"];
  readonly credentialsFor: RoomDeps["credentialsFor"];
  readonly contextAs: (principal: Principal, calledVia?: string) => Context;
}

export const openRoom = ({ account, ids, clock, secondFactor, credentialsFor, contextAs }: RoomDeps): Room => ({
  account,
  ids,
  issuerKeys: createIssuerKeys(),
  clock,
  secondFactor,
  credentialsFor,
  contextAs,
});
