import type { CloudEvent } from "../../../kernel/events.ts";
import { followReference } from "../pulls/follow.ts";
import type { Room } from "../room.ts";
import { tellTriggers } from "../triggers/tell.ts";
import { emit } from "./emit.ts";
import { changeOf, type ReferenceChange } from "./referenceChange.ts";

/** Takes what was pushed to a repository of this room, by git or by the API: both come from the Git host. */
export const takePush = (room: Room, event: CloudEvent): void => {
  const change = changeOf(room, event);
  if (!change) return;
  keepDefault(room, change);
  tellReference(room, change);
  tellTriggers(room, change);
  followReference(room, change);
};

/** AWS: the first branch of a repository is its default. */
const keepDefault = ({ tables, clock }: Room, { repository, type, name, after }: ReferenceChange): void => {
  const isFirst = repository.defaultBranch === undefined && type === "branch" && after !== undefined;
  tables.repositories.put({
    ...repository,
    ...(isFirst ? { defaultBranch: name } : {}),
    changedAt: clock.now(),
  });
};

const tellReference = (room: Room, change: ReferenceChange): void => {
  const { repository, ref, type, name, before, after, actor } = change;
  emit(room, "CodeCommit Repository State Change", repository.name, {
    event: after === undefined ? "referenceDeleted" : before === undefined ? "referenceCreated" : "referenceUpdated",
    repositoryName: repository.name,
    repositoryId: repository.id,
    referenceType: type,
    referenceName: name,
    referenceFullName: ref,
    ...(after === undefined ? {} : { commitId: after }),
    ...(before === undefined ? {} : { oldCommitId: before }),
    callerUserArn: actor,
  });
};
