import type * as sdk from "@aws-sdk/client-codestar-connections";
import type { OperationName } from "../../kernel/aws.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Collection } from "../../store/records.ts";
import type { Name } from "./names.ts";
import type { ConnectionRecord } from "./records.ts";

/** An operation of CodeConnections. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<Name, O>;

/** The connections of one account and region, by ARN. */
export interface Room {
  readonly connections: Collection<ConnectionRecord>;
  readonly ids: Ids;
}

export const openRoom = ({ records, ids }: RoomDeps): Room => ({ connections: records.collection("connections"), ids });
