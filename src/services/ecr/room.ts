import type * as sdk from "@aws-sdk/client-ecr";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Collection } from "../../store/records.ts";
import type { RepositoryRecord } from "./records.ts";

/** An operation of ECR. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"ecr", O>;

/** The registry of one account and region: its repositories, by name. */
export interface Room {
  readonly repositories: Collection<RepositoryRecord>;
  readonly clock: Clock;
}

export const openRoom = ({ records, clock }: RoomDeps): Room => ({
  repositories: records.collection("repositories"),
  clock,
});
