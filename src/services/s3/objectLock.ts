import { DAY_MS } from "../../kernel/clock.ts";
import { accessDenied, invalidArgument, invalidRequest } from "./errors.ts";
import type { BucketRecord, ObjectHead, RetentionMode, VersionRecord } from "./records.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html

/** What requests say of the locks of a new object. */
export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

type Locks = Pick<ObjectHead, "retention" | "legalHold">;

/** The locks of a new object: those its request names, or its bucket's default. */
export const locksFrom = (bucket: BucketRecord, input: LockInput, now: number): Locks => {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input;
  const asks = mode !== undefined || until !== undefined || hold !== undefined;
  if (asks && !bucket.objectLock) throw missingLockConfiguration();
  if ((mode === undefined) !== (until === undefined)) {
    throw invalidArgument(
      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
      mode === undefined ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date",
    );
  }
  const legalHold = hold === undefined ? undefined : holdNamed(hold);
  const retention =
    mode !== undefined && until
      ? { mode: modeNamed(mode), until: futureDate(until, now) }
      : defaultRetention(bucket, now);
  return { ...(retention ? { retention } : {}), ...(legalHold ? { legalHold } : {}) };
};

export const missingLockConfiguration = () => invalidRequest("Bucket is missing Object Lock Configuration");

const MODES: readonly RetentionMode[] = ["GOVERNANCE", "COMPLIANCE"];

const modeNamed = (name: string): RetentionMode => {
  const mode = MODES.find((each) => each === name);
  if (!mode) throw invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", name);
  return mode;
};

const holdNamed = (name: string): "ON" | "OFF" => {
  if (name === "ON" || name === "OFF") return name;
  throw invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", name);
};

/** AWS: the date is shown as its own servers print it. */
export const futureDate = (until: Date, now: number): number => {
  if (until.getTime() > now) return until.getTime();
  throw invalidArgument("The retain until date must be in the future!", "RetainUntilDate", pacificTime(until));
};

const pacificTime = (date: Date): string => {
  const parts = Object.fromEntries(PACIFIC.formatToParts(date).map(({ type, value }) => [type, value]));
  const { weekday, month, day, hour, minute, second, timeZoneName, year } = parts;
  return `${weekday} ${month} ${day} ${hour}:${minute}:${second} ${timeZoneName} ${year}`;
};

const PACIFIC = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Los_Angeles",
  hourCycle: "h23",
  weekday: "short",
  month: "short",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
  year: "numeric",
});

const DAYS_PER_YEAR = 365;

const defaultRetention = ({ objectLock }: BucketRecord, now: number): Locks["retention"] => {
  const { mode, days = 0, years = 0 } = objectLock?.byDefault ?? {};
  return mode && { mode, until: now + (days + years * DAYS_PER_YEAR) * DAY_MS };
};

/** Whether a lock keeps a version from being deleted. AWS: governance gives way to those who may bypass it, and say so. */
export const isLocked = (version: VersionRecord, now: number, bypasses = false): boolean => {
  if (version.kind !== "object") return false;
  const { retention, legalHold } = version;
  if (legalHold === "ON") return true;
  return retention !== undefined && retention.until > now && !(bypasses && retention.mode === "GOVERNANCE");
};

export const lockedError = () => accessDenied("Access Denied because object protected by object lock.");

/** AWS: the header is refused where nothing can be locked, whatever it says. */
export const checkBypass = (bucket: BucketRecord, bypass: boolean | undefined): void => {
  if (bypass === undefined || bucket.objectLock) return;
  throw invalidArgument(
    "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
    "x-amz-bypass-governance-retention",
  );
};

/** What GetObject and HeadObject say of an object's locks. */
export const lockView = ({ retention, legalHold }: Locks) => ({
  ...(retention ? { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.until) } : {}),
  ...(legalHold ? { ObjectLockLegalHoldStatus: legalHold } : {}),
});
