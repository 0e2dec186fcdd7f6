import { type FSWatcher, watch } from "node:fs";
import { keyOf } from "../../../engines/git/place.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import { MIRROR_POLL_MS } from "../limits.ts";
import type { MirrorRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { locate, type Source, stampOf } from "./source.ts";
import { note, syncMirror } from "./sync.ts";

/** Follows a mirror until it is ended or the cloud stops: each commit on its branch is taken at once. */
export const follow = (room: Room, mirror: MirrorRecord): void => {
  stopFollowing(room, mirror);
  const ended = new AbortController();
  room.following.set(String(keyOf(mirror)), ended);
  room.deps.tasks.stand(`mirror of ${mirror.path}`, async (stopped) => {
    const signal = AbortSignal.any([stopped, ended.signal]);
    while (!signal.aborted) {
      try {
        await followSource(room, mirror, await locate(room, mirror.path, mirror.branch), signal);
      } catch (error) {
        if (signal.aborted) return;
        note(room, mirror, { state: "failing", message: errorMessage(error) });
        // The folder may come back.
        await pause(room, signal);
      }
    }
  });
};

/** Ends the following of a repository; its record is the caller's affair. */
export const stopFollowing = (room: Room, name: RepositoryName): void => {
  const key = String(keyOf(name));
  room.following.get(key)?.abort(new Error("the mirror has ended"));
  room.following.delete(key);
};

/** Takes up every mirror when the cloud starts. */
export const resumeMirrors = (room: Room): void => {
  for (const mirror of [...room.mirrors.values()]) follow(room, mirror);
};

const followSource = async (room: Room, mirror: MirrorRecord, source: Source, signal: AbortSignal): Promise<void> => {
  const changes = watchFolders(source.folders);
  let seen = "";
  try {
    while (!signal.aborted) {
      const changed = changes.next();
      const stamp = await stampOf(source);
      // Once the cloud stops no work begins any more, and nobody would end a wait for it.
      if (signal.aborted) return;
      const isDone = stamp === seen || (await sync(room, mirror));
      seen = isDone ? stamp : "";
      const nap = new AbortController();
      await Promise.race([changed, pause(room, AbortSignal.any([signal, nap.signal]))]);
      nap.abort();
    }
  } finally {
    changes.close();
  }
};

/** As work that others wait for: what stands by, nobody does. */
const sync = (room: Room, mirror: MirrorRecord): Promise<boolean> =>
  new Promise((resolve) => {
    room.deps.tasks.spawn(`take from ${mirror.path}`, async () => {
      let isDone = false;
      try {
        isDone = await syncMirror(room, mirror);
      } finally {
        resolve(isDone);
      }
    });
  });

/** Where the system does not tell of changes, a look now and then finds them. */
const pause = (room: Room, signal: AbortSignal): Promise<void> =>
  room.clock.sleep(MIRROR_POLL_MS * Math.max(room.clock.rate(), 1), signal).catch(() => {});

const watchFolders = (folders: readonly string[]) => {
  let wake = () => {};
  const watchers: FSWatcher[] = [];
  for (const folder of folders) {
    try {
      const watcher = watch(folder, { persistent: false }, () => wake());
      watcher.on("error", () => watcher.close());
      watchers.push(watcher);
    } catch {
      // Too many watches, or none on this file system: polling does.
    }
  }
  return {
    /** Resolves with the next change after the call. */
    next: () => new Promise<void>((resolve) => (wake = resolve)),
    close: () => {
      for (const watcher of watchers) watcher.close();
      wake();
    },
  };
};
