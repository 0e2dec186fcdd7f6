import { AwsError } from "../../../kernel/errors.ts";

/** The mirrors, for the cloud's own door; what does the work is loaded when it is asked for. */
export interface Mirrors {
  list(): Promise<readonly object[]>;
  /** Of `owner`, `name`, `path`, `branch` and `force`. Throws with what is in the way. */
  start(query: URLSearchParams): Promise<object>;
  /** Of `owner` and `name`; false when there was none. */
  stop(query: URLSearchParams): Promise<boolean>;
}

export const createMirrors = (open: () => Promise<unknown>): Mirrors => {
  const parts = async () => {
    const [{ startMirror, stopMirror }, { openRoomOf }, opened] = await Promise.all([
      import("./mirrors.ts"),
      import("../room.ts"),
      open(),
    ]);
    const room = openRoomOf(opened);
    if (!room) throw new AwsError("ServiceUnavailable", "There is no Git host here.", 503);
    return { startMirror, stopMirror, room };
  };
  return {
    list: async () => [...(await parts()).room.mirrors.values()],
    start: async (query) => {
      const { room, startMirror } = await parts();
      const { owner, name } = nameIn(query);
      const [path, branch] = [query.get("path") ?? "", query.get("branch") ?? ""];
      if (!path.startsWith("/") || branch === "")
        throw new AwsError("ValidationException", "path must be absolute, and branch must be given.");
      return startMirror(room, { owner, name, path, branch, force: query.get("force") === "true" });
    },
    stop: async (query) => {
      const { room, stopMirror } = await parts();
      const wasThere = stopMirror(room, nameIn(query));
      await room.deps.records.committed();
      return wasThere;
    },
  };
};

const nameIn = (query: URLSearchParams) => ({ owner: query.get("owner") ?? "", name: query.get("name") ?? "" });
