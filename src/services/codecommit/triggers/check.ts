import type { RepositoryTrigger } from "@aws-sdk/client-codecommit";
import type { Validated } from "../../../kernel/aws.ts";
import { refusal } from "../errors.ts";
import { isReferenceName } from "../git/specifiers.ts";
import { MAX_TRIGGER_BRANCHES, MAX_TRIGGER_DATA, MAX_TRIGGERS } from "../limits.ts";
import type { TriggerRecord } from "../records.ts";
import type { Room } from "../room.ts";

type Trigger = Validated<RepositoryTrigger>;

/** Triggers as they are kept. Throws for what is none. */
export const checkedTriggers = (room: Room, triggers: readonly Trigger[]): readonly TriggerRecord[] => {
  if (triggers.length > MAX_TRIGGERS) throw refusal("MaximumRepositoryTriggersExceeded");
  const names = new Set(triggers.map(({ name }) => name));
  if (names.size < triggers.length) throw refusal("InvalidRepositoryTriggerName");
  return triggers.map((trigger) => checked(room, trigger));
};

const checked = (room: Room, trigger: Trigger): TriggerRecord => {
  const { name, destinationArn, customData, branches = [], events } = trigger;
  if (!/^[\w.-]{1,100}$/.test(name)) throw refusal("InvalidRepositoryTriggerName");
  if (events.length === 0) throw refusal("RepositoryTriggerEventsListRequired");
  if (branches.length > MAX_TRIGGER_BRANCHES) throw refusal("MaximumBranchesExceeded");
  if (!branches.every(isReferenceName)) throw refusal("InvalidRepositoryTriggerBranchName");
  if (customData !== undefined && customData.length > MAX_TRIGGER_DATA)
    throw refusal("InvalidRepositoryTriggerCustomData");
  checkDestination(room, destinationArn);
  return { name, destinationArn, ...(customData === undefined ? {} : { customData }), branches, events };
};

const checkDestination = ({ deps }: Room, arn: string): void => {
  const [prefix, , service, region, account = "", ...rest] = arn.split(":");
  const isTarget = service === "sns" || (service === "lambda" && rest[0] === "function");
  if (prefix !== "arn" || !isTarget || !/^\d{12}$/.test(account))
    throw refusal("InvalidRepositoryTriggerDestinationArn");
  if (region !== deps.region) throw refusal("InvalidRepositoryTriggerRegion");
};
