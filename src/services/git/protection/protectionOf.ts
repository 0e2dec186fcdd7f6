import { keyOf } from "../../../engines/git/place.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import type { ProtectionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { rulesOf } from "./rulesOf.ts";

export const BRANCH = "refs/heads/";

/** What binds a branch: its own protection, and the rules of all sets that are about it. */
export const protectionOf = (room: Room, repository: RepositoryName, ref: string): ProtectionRecord | undefined => {
  if (!ref.startsWith(BRANCH)) return undefined;
  const branch = ref.slice(BRANCH.length);
  const own = room.protections.get([...keyOf(repository), branch]);
  const rules = rulesOf(room, repository, branch);
  if (rules.length === 0) return own;
  return rules
    .map(({ asks }) => ({ ...FREE, ...asks, branch }))
    .reduce(stricter, own ? binding(own) : { ...FREE, branch });
};

/** Whether sets of rules are about a branch: GitHub refuses in other words then. */
export const isRuled = (room: Room, repository: RepositoryName, ref: string): boolean =>
  ref.startsWith(BRANCH) && rulesOf(room, repository, ref.slice(BRANCH.length)).length > 0;

const FREE: Omit<ProtectionRecord, "branch"> = {
  allowForcePushes: true,
  allowDeletions: true,
  // GitHub: nobody passes by a set of rules that names nobody who may.
  enforceAdmins: true,
  pullRequests: false,
};

/** Of a protection that does not bind administrators, who are all there are, what binds everybody. */
const binding = (own: ProtectionRecord): ProtectionRecord => {
  const { branch, allowForcePushes, allowDeletions } = own;
  return own.enforceAdmins ? own : { ...FREE, branch, allowForcePushes, allowDeletions };
};

/** GitHub: of all that is asked of one branch the strictest counts. */
const stricter = (one: ProtectionRecord, other: ProtectionRecord): ProtectionRecord => {
  const checks = [one.requiredChecks, other.requiredChecks].filter((each) => each !== undefined);
  return {
    ...one,
    allowForcePushes: one.allowForcePushes && other.allowForcePushes,
    allowDeletions: one.allowDeletions && other.allowDeletions,
    pullRequests: one.pullRequests || other.pullRequests,
    approvals: Math.max(one.approvals ?? 0, other.approvals ?? 0),
    dismissesStale: one.dismissesStale === true || other.dismissesStale === true,
    linearHistory: one.linearHistory === true || other.linearHistory === true,
    locked: one.locked === true || other.locked === true,
    ...(checks.length === 0
      ? {}
      : {
          requiredChecks: {
            strict: checks.some(({ strict }) => strict),
            contexts: [...new Set(checks.flatMap(({ contexts }) => contexts))],
          },
        }),
  };
};
