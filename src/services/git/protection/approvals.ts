import { keyOf } from "../../../engines/git/place.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import type { PullRecord, ReviewRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { BRANCH, protectionOf } from "./protectionOf.ts";

/** The reviews of a pull request, the oldest first. */
export const reviewsOf = (room: Room, repository: RepositoryName, { number }: PullRecord): readonly ReviewRecord[] => [
  ...room.reviews.values({ prefix: [...keyOf(repository), number] }),
];

/** GitHub: of each reviewer the last word counts; a remark takes nothing back. */
export const approvalsOf = (room: Room, repository: RepositoryName, pull: PullRecord) => {
  const lastWords = new Map<string, ReviewRecord["state"]>();
  for (const { state, login } of reviewsOf(room, repository, pull))
    if (state !== "COMMENTED" && state !== "PENDING") lastWords.set(login.toLowerCase(), state);
  const saying = (wanted: ReviewRecord["state"]): ReadonlySet<string> =>
    new Set([...lastWords].flatMap(([login, state]) => (state === wanted ? [login] : [])));
  return { approvedBy: saying("APPROVED"), rejectedBy: saying("CHANGES_REQUESTED") };
};

/** GitHub: where a branch wants it so, what was approved is asked anew once its commits change. */
export const dismissStale = (room: Room, repository: RepositoryName, pull: PullRecord): void => {
  const protection = protectionOf(room, repository, `${BRANCH}${pull.base}`);
  if (!protection?.dismissesStale) return;
  for (const review of reviewsOf(room, repository, pull))
    if (review.state === "APPROVED" && review.commit !== pull.headSha)
      room.reviews.put([...keyOf(repository), pull.number, review.id], { ...review, state: "DISMISSED" });
};
