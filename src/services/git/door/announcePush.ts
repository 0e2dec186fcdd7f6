import { changedFiles, commitsBetween, repositoryPath } from "../bareRepository.ts";
import { gitText } from "../gitCommand.ts";
import { MAX_COMMITS_PER_PUSH } from "../limits.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { RefUpdate } from "./pushRequest.ts";

/** A branch that a push moved, and the commits it brought, the oldest first. */
export interface PushedBranch {
  readonly branch: string;
  readonly commits: readonly string[];
}

const BRANCH = "refs/heads/";
const TAG = "refs/tags/";

/** Tells pipelines what a push changed, once git has it on the disk; gives the branches it moved. */
export const announcePush = async (
  room: Room,
  repository: RepositoryRecord,
  updates: readonly RefUpdate[],
): Promise<readonly PushedBranch[]> => {
  const now = await refsNow(room, repository);
  const pushed: PushedBranch[] = [];
  for (const update of updates) {
    // A reference that was refused is where it was.
    if (update.after === undefined || now.get(update.ref) !== update.after) continue;
    if (update.ref.startsWith(TAG)) emit(room, repository, update, [update.after]);
    if (!update.ref.startsWith(BRANCH)) continue;
    const commits = (await commitsBetween(room, repository, update.before, update.after)).slice(-MAX_COMMITS_PER_PUSH);
    pushed.push({ branch: update.ref.slice(BRANCH.length), commits });
    emit(room, repository, update, commits, await changedFiles(room, repository, commits));
  }
  return pushed;
};

const refsNow = async (room: Room, repository: RepositoryRecord): Promise<ReadonlyMap<string, string>> => {
  const args = ["for-each-ref", "--format=%(objectname) %(refname)"];
  const listed = await gitText(room, args, { cwd: repositoryPath(room, repository) });
  return new Map(
    listed.split("\n").map((line) => {
      const [id = "", ref = ""] = line.split(" ");
      return [ref, id] as const;
    }),
  );
};

const emit = (
  room: Room,
  { owner, name }: RepositoryRecord,
  update: RefUpdate,
  commits: readonly string[],
  changes?: Readonly<Record<string, readonly string[]>>,
): void =>
  room.deps.events.emit({
    id: room.ids.uuid(),
    time: room.clock.now(),
    source: "aloft.git",
    detailType: "Git Push",
    account: room.deps.account,
    region: room.deps.region,
    resources: [],
    detail: {
      owner,
      repository: name,
      ref: update.ref,
      before: update.before ?? null,
      commits,
      ...(changes ? { changes } : {}),
    },
  });
