import type { StackDefinition, StackRecord } from "./records.ts";
import type { Room } from "./room.ts";
import type { Surroundings } from "./template/pseudoParameters.ts";

/** What a stack's template sees around it. */
export const surroundingsOf = (
  { account, region, partition }: Pick<Room, "account" | "region" | "partition">,
  { stackId, stackName }: Pick<StackRecord, "stackId" | "stackName">,
  definition: Pick<StackDefinition, "notificationArns"> | undefined,
): Surroundings => ({
  accountId: account,
  region,
  partition,
  stackId,
  stackName,
  notificationArns: definition?.notificationArns ?? [],
});
