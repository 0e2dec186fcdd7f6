import { mergeBase } from "../../../../engines/git/commits.ts";
import { refusal } from "../../errors.ts";
import { placeOf } from "../../place.ts";
import type { RepositoryRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { commitAt } from "../specifiers.ts";

/** The commits of a merge. */
export interface Sides {
  readonly source: string;
  readonly destination: string;
  /** Where the two parted. */
  readonly base: string;
}

interface Specifiers {
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
}

/** The commits that two specifiers name, and where they parted. Throws for what names none, or has nothing in common. */
export const sidesOf = async (room: Room, repository: RepositoryRecord, asked: Specifiers): Promise<Sides> => {
  const source = await commitAt(room, repository, asked.sourceCommitSpecifier);
  const destination = await commitAt(room, repository, asked.destinationCommitSpecifier);
  if (source === undefined || destination === undefined) throw refusal("CommitDoesNotExist");
  const base = await mergeBase(room, placeOf(room, repository), source, destination);
  if (base === undefined) throw refusal("TipsDivergenceExceeded");
  return { source, destination, base };
};

export const sidesView = ({ source, destination, base }: Sides) => ({
  sourceCommitId: source,
  destinationCommitId: destination,
  baseCommitId: base,
});

/** Whether the destination need only go on to the source. */
export const isFastForward = ({ destination, base }: Sides): boolean => destination === base;
