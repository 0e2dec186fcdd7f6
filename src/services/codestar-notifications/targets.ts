import { parseArn } from "../../kernel/arn.ts";
import { NotImplemented } from "../../kernel/errors.ts";
import type { NotificationTarget } from "../../kernel/notificationsModel.ts";
import { validation } from "./errors.ts";
import type { TargetRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The address of a target: a topic's ARN. Throws NotImplemented for chat clients. */
export const addressOf = ({ TargetType = "SNS", TargetAddress = "" }: NotificationTarget): string => {
  if (TargetType !== "SNS") throw new NotImplemented(`codestar-notifications targets of the type ${TargetType}`);
  if (parseArn(TargetAddress)?.service !== "sns") throw validation(`Invalid target address: ${TargetAddress}`);
  return TargetAddress;
};

/** Makes targets known that are not yet. */
export const noteTargets = ({ targets }: Room, addresses: readonly string[]): void => {
  for (const address of addresses) if (!targets.has(address)) targets.put(address, { address, status: "ACTIVE" });
};

export const targetView = ({ address, status }: TargetRecord) => ({
  TargetAddress: address,
  TargetType: "SNS",
  TargetStatus: status,
});
