import { deleteConflict, limitExceeded, policyVersionNotFound } from "../errors.ts";
import { findPolicy } from "../find.ts";
import { MAX_POLICY_VERSIONS } from "../limits.ts";
import { versionView } from "../policies.ts";
import type { Operation, Room } from "../room.ts";
import { checkManagedPolicy } from "./createPolicy.ts";

export const createPolicyVersion =
  (room: Room): Operation<"CreatePolicyVersion"> =>
  async (_ctx, { PolicyArn, PolicyDocument, SetAsDefault }) => {
    const policy = findPolicy(room, PolicyArn);
    checkManagedPolicy(PolicyDocument);
    if (policy.versions.length >= MAX_POLICY_VERSIONS) {
      throw limitExceeded(
        `A managed policy can have up to ${MAX_POLICY_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    const now = room.clock.now();
    const version = { versionId: `v${policy.nextVersion}`, document: PolicyDocument, createdAt: now };
    const changed = {
      ...policy,
      updatedAt: now,
      versions: [...policy.versions, version],
      nextVersion: policy.nextVersion + 1,
      ...(SetAsDefault ? { defaultVersionId: version.versionId } : {}),
    };
    room.policies.put(changed);
    return { PolicyVersion: versionView(changed, version) };
  };

export const deletePolicyVersion =
  (room: Room): Operation<"DeletePolicyVersion"> =>
  async (_ctx, { PolicyArn, VersionId }) => {
    const policy = findPolicy(room, PolicyArn);
    const versions = policy.versions.filter(({ versionId }) => versionId !== VersionId);
    if (versions.length === policy.versions.length) throw policyVersionNotFound(PolicyArn, VersionId);
    if (policy.defaultVersionId === VersionId) throw deleteConflict("Cannot delete the default version of a policy.");
    room.policies.put({ ...policy, versions, updatedAt: room.clock.now() });
    return {};
  };

export const setDefaultPolicyVersion =
  (room: Room): Operation<"SetDefaultPolicyVersion"> =>
  async (_ctx, { PolicyArn, VersionId }) => {
    const policy = findPolicy(room, PolicyArn);
    if (!policy.versions.some(({ versionId }) => versionId === VersionId)) {
      throw policyVersionNotFound(PolicyArn, VersionId);
    }
    room.policies.put({ ...policy, defaultVersionId: VersionId, updatedAt: room.clock.now() });
    return {};
  };
