import type * as sdk from "@aws-sdk/client-xray";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { type Collections, openCollections } from "./records.ts";
import { type Askers, createAskers } from "./sampling/askers.ts";

/** An operation of X-Ray. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"xray", O>;

/** X-Ray in one account and region. */
export interface Room extends Collections {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly askers: Askers;
}

export const openRoom = ({ records, account, region, partition, clock, ids }: RoomDeps): Room => ({
  ...openCollections(records),
  ...{ account, region, partition, clock, ids },
  askers: createAskers(),
});

/** `arn:aws:xray:us-east-1:123456789012:sampling-rule/base` */
export const xrayArn = ({ partition, region, account }: Room, resource: string): string =>
  `arn:${partition}:xray:${region}:${account}:${resource}`;
