import { isRefusal } from "../../../kernel/errors.ts";
import type { ReferenceChange } from "../events/referenceChange.ts";
import type { TriggerRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { deliver } from "./deliver.ts";

/** Tells the triggers that take what happened to a branch or tag. */
export const tellTriggers = (room: Room, change: ReferenceChange): void => {
  const { repository, ref, before, after, actor } = change;
  const reference = {
    commit: after ?? before ?? "",
    ref,
    ...(before === undefined ? { created: true } : {}),
    ...(after === undefined ? { deleted: true } : {}),
  };
  for (const trigger of repository.triggers.filter((each) => takes(each, change))) {
    room.deps.tasks.spawn(`trigger ${trigger.name} of ${repository.name}`, async () => {
      try {
        await deliver(room, { repository, trigger, eventName: "ReferenceChanges", references: [reference], actor });
      } catch (error) {
        // AWS: nobody is told of a trigger that is refused; TestRepositoryTriggers says why.
        if (!isRefusal(error)) throw error;
      }
    });
  }
};

const takes = ({ branches, events }: TriggerRecord, { type, name, before, after }: ReferenceChange): boolean => {
  const event = after === undefined ? "deleteReference" : before === undefined ? "createReference" : "updateReference";
  const isIts = branches.length === 0 || (type === "branch" && branches.includes(name));
  return isIts && (events.includes("all") || events.includes(event));
};
