import { partOwner } from "../choice.ts";
import { invalidArgument, invalidBucketState, malformedXml, noObjectLock, notConfigured } from "../errors.ts";
import { findBucket } from "../find.ts";
import { checkBypass, futureDate, isLocked, lockedError, missingLockConfiguration } from "../objectLock.ts";
import type { BucketRecord, ObjectLockRecord, ObjectRecord, RetentionMode } from "../records.ts";
import { queueReplication } from "../replication/queue.ts";
import type { Operation, Room } from "../room.ts";
import { replaceVersion } from "../versions.ts";

export const putObjectLockConfiguration =
  (room: Pick<Room, "buckets">): Operation<"PutObjectLockConfiguration"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const { ObjectLockEnabled, Rule } = input.ObjectLockConfiguration ?? {};
    if (ObjectLockEnabled !== "Enabled") throw malformedXml();
    if (bucket.versioning !== "Enabled") {
      throw invalidBucketState("Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
    }
    room.buckets.put(bucket.name, { ...bucket, objectLock: Rule ? { byDefault: defaultFrom(Rule) } : {} });
    return {};
  };

interface RuleInput {
  readonly DefaultRetention?:
    | {
        readonly Mode?: RetentionMode | undefined;
        readonly Days?: number | undefined;
        readonly Years?: number | undefined;
      }
    | undefined;
}

/** AWS: a default names its mode, and either days or years. */
const defaultFrom = ({ DefaultRetention }: RuleInput): NonNullable<ObjectLockRecord["byDefault"]> => {
  const { Mode: mode, Days: days, Years: years } = DefaultRetention ?? {};
  if (!mode || (days === undefined) === (years === undefined)) throw malformedXml();
  if ((days ?? years ?? 0) <= 0) throw invalidArgument("Default retention period must be a positive integer value.");
  return { mode, ...(days === undefined ? {} : { days }), ...(years === undefined ? {} : { years }) };
};

export const getObjectLockConfiguration =
  (room: Pick<Room, "buckets">): Operation<"GetObjectLockConfiguration"> =>
  async (_ctx, input) => {
    const { name, objectLock } = findBucket(room, input);
    if (!objectLock) {
      const message = "Object Lock configuration does not exist for this bucket";
      throw notConfigured("ObjectLockConfigurationNotFoundError", message, name);
    }
    const { mode, days, years } = objectLock.byDefault ?? {};
    const DefaultRetention = { Mode: mode, Days: days, Years: years };
    return {
      ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", ...(mode ? { Rule: { DefaultRetention } } : {}) },
    };
  };

export const putObjectRetention =
  (room: Room): Operation<"PutObjectRetention"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = await partOwner(room, ctx, input, "PUT");
    checkLockable(bucket);
    checkBypass(bucket, input.BypassGovernanceRetention);
    const { Mode, RetainUntilDate } = input.Retention ?? {};
    const now = room.clock.now();
    if ((Mode === undefined) !== (RetainUntilDate === undefined)) throw malformedXml();
    const wanted = Mode && RetainUntilDate ? { mode: Mode, until: futureDate(RetainUntilDate, now) } : undefined;
    if (loosens(object, wanted) && isRetained(object, now, input.BypassGovernanceRetention)) throw lockedError();
    const { retention: _before, ...rest } = object;
    const changed = wanted ? { ...rest, retention: wanted } : rest;
    replaceVersion(room, changed);
    queueReplication(room, changed);
    return {};
  };

/** AWS: a retention may grow longer; less of it, or another mode, only where it could be given up altogether. */
const loosens = ({ retention: before }: ObjectRecord, wanted: ObjectRecord["retention"]): boolean => {
  if (!before) return false;
  if (!wanted || wanted.until < before.until) return true;
  return before.mode !== wanted.mode;
};

const isRetained = (object: ObjectRecord, now: number, bypasses: boolean | undefined): boolean =>
  isLocked({ ...object, legalHold: "OFF" }, now, bypasses);

const checkLockable = ({ objectLock }: BucketRecord): void => {
  if (!objectLock) throw missingLockConfiguration();
};

export const getObjectRetention =
  (room: Room): Operation<"GetObjectRetention"> =>
  async (ctx, input) => {
    checkLockable(findBucket(room, input));
    const { retention } = await partOwner(room, ctx, input, "GET");
    if (!retention) throw noObjectLock();
    return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.until) } };
  };

export const putObjectLegalHold =
  (room: Room): Operation<"PutObjectLegalHold"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = await partOwner(room, ctx, input, "PUT");
    const { Status } = input.LegalHold ?? {};
    if (!Status) throw malformedXml();
    checkLockable(bucket);
    const changed = { ...object, legalHold: Status };
    replaceVersion(room, changed);
    queueReplication(room, changed);
    return {};
  };

export const getObjectLegalHold =
  (room: Room): Operation<"GetObjectLegalHold"> =>
  async (ctx, input) => {
    checkLockable(findBucket(room, input));
    const { legalHold } = await partOwner(room, ctx, input, "GET");
    if (!legalHold) throw noObjectLock();
    return { LegalHold: { Status: legalHold } };
  };
