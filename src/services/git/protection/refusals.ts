import { listCommits } from "../../../engines/git/commits.ts";
import { keyOf } from "../../../engines/git/place.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import type { CheckRunRecord, ProtectionRecord, PullRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { latestStatuses } from "../statuses.ts";
import { approvalsOf } from "./approvals.ts";
import { BRANCH, protectionOf } from "./protectionOf.ts";

/** A branch that follows another has its commits from there alone. */
export const mirrorRefusal = (room: Room, repository: RepositoryName, ref: string): string | undefined => {
  const mirror = room.mirrors.get(keyOf(repository));
  if (mirror === undefined || ref !== `${BRANCH}${mirror.into}`) return undefined;
  return `This branch follows ${mirror.path}: commit there, or end it with: aloft mirror stop --name ${mirror.name}`;
};

/**
 * Why a branch's rules keep somebody from changing it at all, in GitHub's words. Everybody here is an administrator, whom
 * rules bind only where they are enforced for administrators too.
 */
const changeRefusal = (protection: ProtectionRecord, login: string): string | undefined => {
  if (protection.locked) return "Cannot change this locked branch";
  if (protection.pushers?.includes(login.toLowerCase()) === false)
    return "You're not authorized to push to this branch.";
  return undefined;
};

/** Why a commit may not come to a protected branch but by a pull request. */
export const directPushRefusal = (
  room: Room,
  repository: RepositoryName,
  protection: ProtectionRecord,
  { commit, login }: { readonly commit: string; readonly login: string },
): string | undefined => {
  if (!protection.enforceAdmins) return undefined;
  const refused = changeRefusal(protection, login);
  if (refused !== undefined) return refused;
  if (protection.pullRequests) return "Changes must be made through a pull request.";
  return missingChecks(room, repository, protection, commit);
};

/** Why a pull request may not be merged yet. */
export const pullRefusal = (
  room: Room,
  repository: RepositoryName,
  pull: PullRecord,
  login: string,
): string | undefined => {
  const ref = `${BRANCH}${pull.base}`;
  const mirrored = mirrorRefusal(room, repository, ref);
  if (mirrored !== undefined) return mirrored;
  const protection = protectionOf(room, repository, ref);
  if (!protection?.enforceAdmins) return undefined;
  return (
    changeRefusal(protection, login) ??
    missingApprovals(room, repository, protection, pull) ??
    missingChecks(room, repository, protection, pull.headSha)
  );
};

const missingApprovals = (
  room: Room,
  repository: RepositoryName,
  { pullRequests, approvals = 0 }: ProtectionRecord,
  pull: PullRecord,
): string | undefined => {
  const { approvedBy, rejectedBy } = approvalsOf(room, repository, pull);
  if (!pullRequests || approvals === 0 || (approvedBy.size >= approvals && rejectedBy.size === 0)) return undefined;
  const needed = approvals === 1 ? "1 approving review is" : `${approvals} approving reviews are`;
  return `At least ${needed} required by reviewers with write access.`;
};

/** The checks a commit lacks before it may come to a protected branch. */
const missingChecks = (
  room: Room,
  repository: RepositoryName,
  { requiredChecks }: ProtectionRecord,
  commit: string,
): string | undefined => {
  const passed = new Set([
    ...latestStatuses(room, repository, commit).flatMap(({ state, context }) => (state === "success" ? [context] : [])),
    ...passedChecks(room, repository, commit),
  ]);
  const missing = (requiredChecks?.contexts ?? []).filter((context) => !passed.has(context));
  if (missing.length === 0) return undefined;
  if (missing.length === 1) return `Required status check "${missing[0]}" is expected.`;
  return `${missing.length} of ${requiredChecks?.contexts.length} required status checks are expected.`;
};

/** GitHub: a check run counts by its name, and also when it found nothing to do. */
const passedChecks = ({ checkRuns }: Room, repository: RepositoryName, commit: string): readonly string[] => {
  const latest = new Map<string, CheckRunRecord>();
  for (const { value } of checkRuns.range({ prefix: keyOf(repository) })) {
    if (value.headSha === commit) latest.set(value.name, value);
  }
  const passing = ["success", "neutral", "skipped"];
  return [...latest.values()].flatMap(({ name, conclusion = "" }) => (passing.includes(conclusion) ? [name] : []));
};

export const NO_MERGES = "This branch must not contain merge commits.";

/** Whether commits with more than one parent are kept out of a branch. */
export const isLinear = (protection: ProtectionRecord | undefined): boolean =>
  protection?.enforceAdmins === true && protection.linearHistory === true;

/** Why a line of commits may not come to a branch that has to stay linear. */
export const mergesRefusal = async (
  room: Room,
  repository: RepositoryName,
  ref: string,
  { before, after }: { readonly before: string | undefined; readonly after: string },
): Promise<string | undefined> => {
  if (!isLinear(protectionOf(room, repository, ref))) return undefined;
  const revisions = [before === undefined ? after : `${before}..${after}`];
  const commits = await listCommits(room, repository, { revisions });
  return commits.some(({ parents }) => parents.length > 1) ? NO_MERGES : undefined;
};
