import type { StorageClass } from "@aws-sdk/client-s3";
import { invalidArgument, invalidRequest, malformedXml } from "./errors.ts";
import { filterPrefix, type LifecycleRule } from "./lifecycle.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html

/** The classes that objects move to, in the order of their descent. */
export const DESCENT: readonly StorageClass[] = [
  "STANDARD_IA",
  "INTELLIGENT_TIERING",
  "ONEZONE_IA",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
];

const MIN_INFREQUENT_DAYS = 30;

/** One transition as it is held against others, with the name of what says its time. */
interface Move {
  readonly by: "Days" | "Date" | "NoncurrentDays";
  readonly at: number;
  readonly storageClass: StorageClass;
}

/** Throws what S3 says of transitions that contradict each other, or the expiration beside them. */
export const checkTransitions = (rule: LifecycleRule): void => {
  const { Transitions = [], NoncurrentVersionTransitions = [], Expiration, NoncurrentVersionExpiration } = rule;
  const moves = Transitions.map(currentMove);
  checkOrder(rule, "Transition", moves);
  checkExpiration(rule, moves, Expiration);
  const older = NoncurrentVersionTransitions.map(({ NoncurrentDays, StorageClass: storageClass }) => {
    if (NoncurrentDays === undefined || storageClass === undefined) throw malformedXml();
    return checkedMove("NoncurrentVersionTransition", { by: "NoncurrentDays", at: NoncurrentDays, storageClass });
  });
  checkOrder(rule, "NoncurrentVersionTransition", older);
  const end = NoncurrentVersionExpiration?.NoncurrentDays;
  if (end !== undefined && older.some(({ at }) => end <= at))
    throw tooEarly(rule, "NoncurrentVersion", "NoncurrentDays");
};

type Transition = NonNullable<LifecycleRule["Transitions"]>[number];

const currentMove = ({ Days, Date: date, StorageClass: storageClass }: Transition): Move => {
  if (storageClass === undefined || (Days === undefined) === (date === undefined)) throw malformedXml();
  if (Days !== undefined) return checkedMove("Transition", { by: "Days", at: Days, storageClass });
  return { by: "Date", at: midnightOf(date), storageClass };
};

/** AWS: objects may move on the day they come, but to classes for infrequent access after a month. */
const checkedMove = (action: string, move: Move): Move => {
  const { by, at, storageClass } = move;
  if (at < 0) throw invalidArgument(`'${by}' in ${action} action must be nonnegative`);
  if (at < MIN_INFREQUENT_DAYS && storageClass.endsWith("_IA"))
    throw invalidArgument(
      `'${by}' in ${action} action must be greater than or equal to ${MIN_INFREQUENT_DAYS} for storageClass '${storageClass}'`,
    );
  return move;
};

/** The time of a date. AWS: it says no hours. */
export const midnightOf = (date: Date | undefined): number => {
  if (!date) throw malformedXml();
  if (date.toISOString().slice(11) !== "00:00:00.000Z")
    throw invalidArgument("'Date' must be at midnight GMT", "Date", date.toISOString());
  return date.getTime();
};

/** AWS: a rule moves to a class once, and the deeper ones later. */
const checkOrder = (rule: LifecycleRule, action: string, moves: readonly Move[]): void => {
  const filter = filterNamed(rule);
  if (new Set(moves.map(({ by }) => by)).size > 1)
    throw invalidRequest(
      `Found mixed 'Date' and 'Days' based ${action} actions in lifecycle rule for filter '${filter}'`,
    );
  if (new Set(moves.map(({ storageClass }) => storageClass)).size < moves.length)
    throw invalidRequest(
      `'StorageClass' must be different for '${action}' actions in same 'Rule' with filter '${filter}'`,
    );
  const descending = moves.toSorted((a, b) => DESCENT.indexOf(a.storageClass) - DESCENT.indexOf(b.storageClass));
  descending.forEach((move, index) => {
    const before = descending[index - 1];
    if (!before || move.at > before.at) return;
    const told = ({ by, storageClass }: Move) =>
      `'${by}' in the ${action} action for StorageClass '${storageClass}' for filter '${filter}'`;
    throw invalidArgument(`${told(move)} must be greater than ${told(before)}`);
  });
};

const checkExpiration = (
  rule: LifecycleRule,
  moves: readonly Move[],
  expiration: LifecycleRule["Expiration"],
): void => {
  const [first] = moves;
  const { Days, Date: date } = expiration ?? {};
  const end = Days ?? date?.getTime();
  if (!first || end === undefined) return;
  if ((first.by === "Days") !== (Days !== undefined))
    throw invalidRequest(
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '${filterNamed(rule)}'`,
    );
  if (moves.some(({ at }) => end <= at)) throw tooEarly(rule, "", first.by);
};

const tooEarly = (rule: LifecycleRule, kind: "" | "NoncurrentVersion", by: Move["by"]) =>
  invalidArgument(
    `'${by}' in the ${kind}Expiration action for filter '${filterNamed(rule)}' must be greater than '${by}' in the ${kind}Transition action`,
  );

const filterNamed = (rule: LifecycleRule): string => `(prefix=${filterPrefix(rule)})`;
