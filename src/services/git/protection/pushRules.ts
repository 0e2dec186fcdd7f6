import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import type { PushRequest, RefUpdate } from "../door/pushRequest.ts";
import type { Room } from "../room.ts";
import { isRuled, protectionOf } from "./protectionOf.ts";
import { directPushRefusal, isLinear, mirrorRefusal, NO_MERGES } from "./refusals.ts";

/** What git is told of a repository's rules before it takes a push; its hook refuses what they forbid. */
export const pushRules = async (
  room: Room,
  repository: RepositoryName,
  { updates }: PushRequest,
  login: string,
): Promise<Record<string, string>> => {
  const refused = updates.flatMap((update) => {
    const why = refusalOf(room, repository, update, login);
    return why === undefined ? [] : [`${update.ref}\t${why}`];
  });
  const refsWhere = (holds: (protection: ReturnType<typeof protectionOf>) => boolean) =>
    updates.map(({ ref }) => ref).filter((ref) => holds(protectionOf(room, repository, ref)));
  const noForce = refsWhere((protection) => protection?.allowForcePushes === false);
  const linear = refsWhere(isLinear);
  const ruled = updates.map(({ ref }) => ref).filter((ref) => isRuled(room, repository, ref));
  if (refused.length + noForce.length + linear.length === 0) return {};
  return {
    ALOFT_REFUSED: refused.join("\n"),
    ALOFT_NO_FORCE: noForce.join("\n"),
    ALOFT_LINEAR: linear.join("\n"),
    ALOFT_RULED: ruled.join("\n"),
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.hooksPath",
    GIT_CONFIG_VALUE_0: await hooksFolder(room),
  };
};

/** Why a rule forbids the update; whether it is forced or brings merges is known only once git has its objects. */
const refusalOf = (
  room: Room,
  repository: RepositoryName,
  { ref, after }: RefUpdate,
  login: string,
): string | undefined => {
  const mirrored = mirrorRefusal(room, repository, ref);
  if (mirrored !== undefined) return mirrored;
  const protection = protectionOf(room, repository, ref);
  if (!protection) return undefined;
  if (after === undefined && !protection.allowDeletions)
    return isRuled(room, repository, ref) ? "Cannot delete this branch" : "Cannot delete a protected branch";
  if (after === undefined) return undefined;
  return directPushRefusal(room, repository, protection, { commit: after, login });
};

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
is_among() { printf '%s\\n' "$1" | grep -qxF -- "$ref"; }
refuse() {
  if is_among "$ALOFT_RULED"; then
    printf 'error: GH013: Repository rule violations found for %s.\\n\\n- %s\\n\\n' "$ref" "$1" >&2
    exit 1
  fi
  echo "error: GH006: Protected branch update failed for $ref." >&2
  echo "error: $1" >&2
  exit 1
}
why=$(printf '%s\\n' "$ALOFT_REFUSED" | while IFS='	' read -r name text; do
  if [ "$name" = "$ref" ]; then printf '%s' "$text"; fi
done)
[ -z "$why" ] || refuse "$why"
case $new in *[!0]*) ;; *) exit 0 ;; esac
range=$new
case $old in *[!0]*) range=$old..$new ;; esac
if is_among "$ALOFT_LINEAR" && [ -n "$(git rev-list --merges --max-count=1 "$range")" ]; then
  refuse "${NO_MERGES}"
fi
[ "$range" != "$new" ] || exit 0
is_among "$ALOFT_NO_FORCE" || exit 0
git merge-base --is-ancestor "$old" "$new" && exit 0
is_among "$ALOFT_RULED" && refuse "Cannot force-push to this branch"
refuse "Cannot force-push to a protected branch"
`;
