import { mergeBase } from "../../../engines/git/commits.ts";
import { keyOf } from "../../../engines/git/place.ts";
import type { PullRecord } from "../records.ts";
import { type AskedOf, notFound } from "./api.ts";

/** The pull request whose number is the first thing the address names. */
export const pullIn = ({ room, repository, params }: AskedOf): PullRecord => {
  const pull = room.pulls.get([...keyOf(repository), Number(params[0])]);
  if (!pull) throw notFound();
  return pull;
};

/** Where its branches parted. */
export const partedAt = ({ room, repository }: AskedOf, { baseSha, headSha }: PullRecord) =>
  mergeBase(room, repository, baseSha, headSha);
