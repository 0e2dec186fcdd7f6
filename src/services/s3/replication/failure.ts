import { isRefusal } from "../../../kernel/errors.ts";

/** Why a version did not get to another bucket, as S3's events tell it. */
export type FailureReason =
  | "AssumeRoleNotPermitted"
  | "DstBucketNotFound"
  | "DstBucketObjectLockConfigMissing"
  | "DstBucketUnversioned"
  | "DstDelObjNotPermitted"
  | "DstKmsKeyNotFound"
  | "DstPutAclNotPermitted"
  | "DstPutObjectNotPermitted"
  | "InitiateReplicationNotPermitted"
  | "SrcGetAclNotPermitted"
  | "SrcGetObjectNotPermitted"
  | "SrcKmsKeyNotFound";

/** A replication that AWS would give up. */
export class ReplicationFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** Does one step; a refusal of it is why the replication failed, anything else is our bug. */
export const orFail = async <T>(reason: FailureReason, step: Promise<T>): Promise<T> => {
  try {
    return await step;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new ReplicationFailure(reason, error);
  }
};

/** Whether a step is permitted. */
export const isPermitted = async (step: Promise<unknown>): Promise<boolean> => {
  try {
    await step;
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
};
