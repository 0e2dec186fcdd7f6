import type { Tier } from "@aws-sdk/client-s3";
import { AwsError, NotImplemented } from "../../../kernel/errors.ts";
import { httpStatus } from "../../../kernel/operation.ts";
import { isArchive, stageOf } from "../archive/archived.ts";
import { putRestoration } from "../archive/restorations.ts";
import { partOwner } from "../choice.ts";
import { invalidArgument, invalidObjectState, malformedXml } from "../errors.ts";
import { findBucket } from "../find.ts";
import { happened } from "../happened.ts";
import { RESTORATION_MS } from "../limits.ts";
import { midnightAfter } from "../midnight.ts";
import type { ObjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const OK = 200;
const ACCEPTED = 202;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html */
export const restoreObject =
  (room: Room): Operation<"RestoreObject"> =>
  async (ctx, input) => {
    findBucket(room, input);
    const object = await partOwner(room, ctx, input, "POST");
    const { days, tier } = wanted(input.RestoreRequest);
    if (!isArchive(object.storageClass))
      throw invalidObjectState("Restore is not allowed for the object's current storage class", object.storageClass);
    const durationMs = durationOf(object, tier);
    const now = room.clock.now();
    const stage = stageOf(object.restoration, now);
    if (object.restoration && stage === "restored") {
      // AWS: of a copy that is there, a further request changes how long it stays.
      const expiresAt = midnightAfter(now, days);
      putRestoration(room, object, { ...object.restoration, expiresAt }, expiresAt);
      return answered(OK);
    }
    // AWS: one under way can be sped up by a faster tier.
    if (object.restoration && stage && durationMs >= durationOf(object, object.restoration.tier)) throw inProgress();
    const readyAt = now + durationMs;
    putRestoration(room, object, { tier, readyAt, expiresAt: midnightAfter(readyAt, days) }, readyAt);
    happened(room, ctx, "ObjectRestore:Post", object, { bridged: { "source-storage-class": object.storageClass } });
    return answered(ACCEPTED);
  };

const answered = (status: number) => ({ RestoreOutputPath: undefined, [httpStatus]: status });

type Request = Parameters<Operation<"RestoreObject">>[1]["RestoreRequest"];

/** AWS: a tier of its own, a description and a place to write to are for selections alone. */
const wanted = ({ Days, Type, Tier, OutputLocation, Description, GlacierJobParameters }: NonNullable<Request> = {}) => {
  if (Type === "SELECT") throw new NotImplemented("s3:RestoreObject of a selection");
  if (Days === undefined || [Tier, OutputLocation, Description].some((each) => each !== undefined))
    throw malformedXml();
  if (Days < 1) throw malformedXml();
  return { days: Days, tier: GlacierJobParameters?.Tier ?? "Standard" };
};

const durationOf = ({ storageClass }: ObjectRecord, tier: Tier): number => {
  const durationMs = RESTORATION_MS[storageClass === "DEEP_ARCHIVE" ? "DEEP_ARCHIVE" : "GLACIER"][tier];
  if (durationMs === undefined)
    throw invalidArgument("Retrieval option is not supported by this storage class", "Tier", tier);
  return durationMs;
};

const inProgress = () => new AwsError("RestoreAlreadyInProgress", "Object restore is already in progress", 409);
