import { mergeBase } from "../../../engines/git/commits.ts";
import type { ReferenceChange } from "../events/referenceChange.ts";
import { placeOf } from "../place.ts";
import type { Room } from "../room.ts";
import { keepPull } from "./keep.ts";
import type { PullRecord } from "./records.ts";

/** Open pull requests go with their branches. */
export const followReference = (room: Room, change: ReferenceChange): void => {
  for (const pull of [...room.tables.pulls.values()]) {
    if (pull.status !== "OPEN" || pull.repositoryId !== change.repository.id) continue;
    if (change.ref !== pull.source && change.ref !== pull.destination) continue;
    if (change.after === undefined) closePull(room, pull, change.actor);
    else if (change.ref === pull.source) sourceMoved(room, pull, change, change.after);
    else destinationMoved(room, pull, change, change.after);
  }
};

/** AWS: one of whose branches one is deleted is closed, not merged. */
export const closePull = (room: Room, pull: PullRecord, actor: string): PullRecord =>
  keepPull(
    room,
    { ...pull, status: "CLOSED" },
    {
      type: "PULL_REQUEST_STATUS_CHANGED",
      detail: { pullRequestStatusChangedEventMetadata: { pullRequestStatus: "CLOSED" } },
      event: "pullRequestStatusChanged",
      words: "Closed",
      actor,
    },
  );

/** AWS: with a new revision, approvals and overrides are gone. */
const sourceMoved = (room: Room, pull: PullRecord, { repository, actor }: ReferenceChange, after: string): void => {
  const { overriddenBy: _, ...kept } = pull;
  keepPull(
    room,
    { ...kept, sourceCommit: after, revisionId: room.ids.hex(64), approvals: [] },
    {
      type: "PULL_REQUEST_SOURCE_REFERENCE_UPDATED",
      tellsBase: true,
      detail: {
        pullRequestSourceReferenceUpdatedEventMetadata: {
          repositoryName: repository.name,
          beforeCommitId: pull.sourceCommit,
          afterCommitId: after,
        },
      },
      event: "pullRequestSourceBranchUpdated",
      words: "Updated",
      actor,
    },
  );
};

/** AWS: what came to the destination by Git counts as merged once all of the source is there. */
const destinationMoved = (room: Room, pull: PullRecord, change: ReferenceChange, after: string): void => {
  room.tables.pulls.put(pull.number, { ...pull, destinationCommit: after });
  room.deps.tasks.spawn(`pull request ${pull.number} and its destination`, async () => {
    const parted = await mergeBase(room, placeOf(room, change.repository), pull.sourceCommit, after);
    const now = room.tables.pulls.get(pull.number);
    const isMerged = parted === pull.sourceCommit && now?.status === "OPEN" && now.sourceCommit === pull.sourceCommit;
    if (isMerged && now) keepMerged(room, now, { by: change.actor, commitId: after, option: "FAST_FORWARD_MERGE" });
  });
};

/** Keeps a pull request that has been merged. */
export const keepMerged = (room: Room, pull: PullRecord, merged: NonNullable<PullRecord["merged"]>): PullRecord => {
  const repositoryName = room.tables.repositories.byId(pull.repositoryId)?.name;
  return keepPull(
    room,
    { ...pull, status: "CLOSED", merged },
    {
      type: "PULL_REQUEST_MERGE_STATE_CHANGED",
      detail: {
        pullRequestMergedStateChangedEventMetadata: {
          repositoryName,
          destinationReference: pull.destination,
          mergeMetadata: {
            isMerged: true,
            mergedBy: merged.by,
            mergeCommitId: merged.commitId,
            mergeOption: merged.option,
          },
        },
      },
      event: "pullRequestMergeStatusUpdated",
      words: "Updated",
      actor: merged.by,
    },
  );
};
