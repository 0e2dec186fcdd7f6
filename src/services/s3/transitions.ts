import type { StorageClass } from "@aws-sdk/client-s3";
import type { LifecycleDocument } from "./configurations.ts";
import { type Age, concerns, isActive, type LifecycleRule } from "./lifecycle.ts";
import { midnightAfter } from "./midnight.ts";
import type { ObjectRecord } from "./records.ts";
import { DESCENT } from "./transitionRules.ts";

/** The class an object moves to by now, if any: the deepest that is due. `age` is that of an older version. */
export const dueClass = (
  { Rules, TransitionDefaultMinimumObjectSize }: LifecycleDocument,
  object: ObjectRecord,
  now: number,
  age?: Age,
): StorageClass | undefined => {
  const due = Rules.filter((rule) => isActive(rule) && concerns(rule, object)).flatMap((rule) => {
    const moves = age ? olderMoves(rule, age) : currentMoves(rule, object);
    return moves.flatMap(({ at, to }) =>
      now >= at &&
      canMove(object.storageClass, to) &&
      isLargeEnough(rule, object, to, TransitionDefaultMinimumObjectSize)
        ? [to]
        : [],
    );
  });
  return due.toSorted((a, b) => DESCENT.indexOf(b) - DESCENT.indexOf(a))[0];
};

interface Move {
  readonly at: number;
  readonly to: StorageClass;
}

const currentMoves = ({ Transitions = [] }: LifecycleRule, { modifiedAt }: ObjectRecord): readonly Move[] =>
  Transitions.flatMap(({ Days = 0, Date: date, StorageClass: to }) =>
    to === undefined ? [] : [{ at: date ? new Date(date).getTime() : midnightAfter(modifiedAt, Days), to }],
  );

const olderMoves = (
  { NoncurrentVersionTransitions = [] }: LifecycleRule,
  { replacedAt, newer }: Age,
): readonly Move[] =>
  NoncurrentVersionTransitions.flatMap(({ NoncurrentDays = 0, NewerNoncurrentVersions = 0, StorageClass: to }) =>
    to === undefined || newer < NewerNoncurrentVersions ? [] : [{ at: midnightAfter(replacedAt, NoncurrentDays), to }],
  );

/** AWS: objects only descend, and none goes from one zone to where archives are read at once. */
const canMove = (from: StorageClass, to: StorageClass): boolean =>
  DESCENT.indexOf(to) > DESCENT.indexOf(from) && !(from === "ONEZONE_IA" && to === "GLACIER_IR");

const MIN_MOVED_BYTES = 128 * 1024;

/** AWS: small objects stay where they are, unless the rule's filter speaks of sizes itself. */
const isLargeEnough = (
  { Filter }: LifecycleRule,
  { size }: ObjectRecord,
  to: StorageClass,
  minimum: LifecycleDocument["TransitionDefaultMinimumObjectSize"],
): boolean => {
  const filter = { ...Filter, ...Filter?.And };
  if (size >= MIN_MOVED_BYTES) return true;
  if (filter.ObjectSizeGreaterThan !== undefined || filter.ObjectSizeLessThan !== undefined) return true;
  return minimum === "varies_by_storage_class" && (to === "GLACIER" || to === "DEEP_ARCHIVE");
};
