import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import type { PushRequest, RefUpdate } from "./door/pushRequest.ts";
import { type CheckRunRecord, keyOf, type ProtectionRecord } from "./records.ts";
import type { Room } from "./room.ts";
import { latestStatuses } from "./statuses.ts";

const BRANCH = "refs/heads/";

/** What git is told of a repository's rules before it takes a push; its hook refuses what they forbid. */
export const pushRules = async (
  room: Room,
  repository: RepositoryName,
  { updates }: PushRequest,
): Promise<Record<string, string>> => {
  const refused = updates.flatMap((update) => {
    const why = refusalOf(room, repository, update);
    return why === undefined ? [] : [`${update.ref}\t${why}`];
  });
  const noForce = updates
    .filter((update) => protectionOf(room, repository, update.ref)?.allowForcePushes === false)
    .map(({ ref }) => ref);
  if (refused.length + noForce.length === 0) return {};
  return {
    ALOFT_REFUSED: refused.join("\n"),
    ALOFT_NO_FORCE: noForce.join("\n"),
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.hooksPath",
    GIT_CONFIG_VALUE_0: await hooksFolder(room),
  };
};

/** Why a rule forbids the update, in GitHub's words; whether it is forced is known only once git has its objects. */
const refusalOf = (room: Room, repository: RepositoryName, { ref, after }: RefUpdate): string | undefined => {
  const mirrored = mirrorRefusal(room, repository, ref);
  if (mirrored !== undefined) return mirrored;
  const protection = protectionOf(room, repository, ref);
  if (!protection) return undefined;
  if (after === undefined) return protection.allowDeletions ? undefined : "Cannot delete a protected branch";
  return directPushRefusal(room, repository, protection, after);
};

/** A branch that follows another has its commits from there alone. */
export const mirrorRefusal = (room: Room, repository: RepositoryName, ref: string): string | undefined => {
  const mirror = room.mirrors.get(keyOf(repository));
  if (mirror === undefined || ref !== `${BRANCH}${mirror.into}`) return undefined;
  return `This branch follows ${mirror.path}: commit there, or end it with: aloft mirror stop --name ${mirror.name}`;
};

/** GitHub: the owner is an administrator, whom these rules bind only where they are enforced for administrators too. */
export const directPushRefusal = (
  room: Room,
  repository: RepositoryName,
  protection: ProtectionRecord,
  commit: string,
): string | undefined => {
  if (!protection.enforceAdmins) return undefined;
  if (protection.pullRequests) return "Changes must be made through a pull request.";
  return missingChecks(room, repository, protection, commit);
};

/** The checks a commit lacks before it may come to a protected branch, in GitHub's words. */
export const missingChecks = (
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

export const protectionOf = (room: Room, repository: RepositoryName, ref: string): ProtectionRecord | undefined =>
  ref.startsWith(BRANCH) ? room.protections.get([...keyOf(repository), ref.slice(BRANCH.length)]) : undefined;

/**
 * The hook lies beside the repositories, so that it is there for those of an earlier version too. It comes whole under its
 * name: git must never find half of it.
 */
const hooksFolder = async ({ deps, ids }: Room): Promise<string> => {
  const folder = join(deps.directory("git"), ".hooks");
  const scratch = join(folder, `.update-${ids.hex(8)}`);
  await mkdir(folder, { recursive: true });
  await writeFile(scratch, UPDATE_HOOK, { mode: 0o755 });
  await rename(scratch, join(folder, "update"));
  return folder;
};

/** https://git-scm.com/docs/githooks#update; the words are those GitHub's users know. */
const UPDATE_HOOK = `#!/bin/sh
ref=$1 old=$2 new=$3
refuse() {
  echo "error: GH006: Protected branch update failed for $ref." >&2
  echo "error: $1" >&2
  exit 1
}
why=$(printf '%s\\n' "$ALOFT_REFUSED" | while IFS='	' read -r name text; do
  if [ "$name" = "$ref" ]; then printf '%s' "$text"; fi
done)
[ -z "$why" ] || refuse "$why"
case $old in *[!0]*) ;; *) exit 0 ;; esac
case $new in *[!0]*) ;; *) exit 0 ;; esac
printf '%s\\n' "$ALOFT_NO_FORCE" | grep -qxF -- "$ref" || exit 0
git merge-base --is-ancestor "$old" "$new" || refuse "Cannot force-push to a protected branch"
`;
