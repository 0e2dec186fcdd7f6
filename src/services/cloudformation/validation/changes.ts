import type { Context } from "../../../kernel/context.ts";
import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import type { ResourceChange } from "../changes/model.ts";
import type { CompiledStack } from "../definition/compile.ts";
import type { StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { alreadyThere } from "./names.ts";
import type { ValidationRecord } from "./records.ts";
import { thingThere } from "./thingsThere.ts";

/** What a failed change set says, instead of what was found: that is told by DescribeEvents. */
export const EARLY_VALIDATION_FAILED =
  "The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.";

export const isFatal = ({ mode, status }: ValidationRecord): boolean => mode === "FAIL" && status === "FAILED";

/**
 * Holds what a change set would do against the world as it is.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export const validateChanges = async (
  room: Room,
  ctx: Context,
  stack: StackRecord,
  compiled: CompiledStack,
  changes: readonly ResourceChange[],
): Promise<readonly ValidationRecord[]> => {
  const found: ValidationRecord[] = [];
  for (const change of changes) {
    const check = checkOf(change);
    if (check === undefined) continue;
    const outcome = await check
      .look(room, ctx, { stack, compiled, change })
      .then((reason) => reason && { status: "FAILED" as const, reason })
      .catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        return { status: "SKIPPED" as const, reason: errorMessage(error) };
      });
    if (!outcome) continue;
    const { logicalId, physicalId = "", type } = change;
    const { name, mode } = check;
    found.push({ eventId: room.ids.uuid(), name, mode, ...outcome, logicalId, physicalId, type, at: room.clock.now() });
  }
  return found;
};

interface Looked {
  readonly stack: StackRecord;
  readonly compiled: CompiledStack;
  readonly change: ResourceChange;
}

interface Check extends Pick<ValidationRecord, "name" | "mode"> {
  /** What is in the way; undefined when nothing is. */
  look(room: Room, ctx: Context, looked: Looked): Promise<string | undefined>;
}

const checkOf = ({ action, type, policyAction }: ResourceChange): Check | undefined => {
  if (action === "Add") return NAMES;
  return action === "Remove" && type === "AWS::S3::Bucket" && policyAction === "Delete" ? BUCKETS : undefined;
};

const NAMES: Check = {
  name: "NAME_CONFLICT_VALIDATION",
  mode: "FAIL",
  look: async (room, ctx, { stack, compiled, change: { logicalId, type } }) => {
    const there = await thingThere(room, ctx, stack, compiled, logicalId);
    return there && alreadyThere(type, there);
  },
};

/** AWS: a bucket that is not empty cannot be deleted. Somebody may still empty it. */
const BUCKETS: Check = {
  name: "BUCKET_EMPTINESS_VALIDATION",
  mode: "WARN",
  look: async (_room, { call }, { change: { physicalId: Bucket } }) => {
    const { Versions = [], DeleteMarkers = [] } = await call("s3", "ListObjectVersions", { Bucket, MaxKeys: 1 });
    if (Versions.length + DeleteMarkers.length === 0) return undefined;
    return `The bucket '${Bucket}' is not empty. You must either delete all objects and versions or use the deletion policy to retain it, otherwise the delete operation will fail.`;
  },
};
