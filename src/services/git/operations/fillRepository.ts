import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { repositoryPath } from "../../../engines/git/place.ts";
import { codeOf } from "../codeInS3.ts";
import { findRepository } from "../find.ts";
import { treeOfZip, writeFirstCommit } from "../firstCommit.ts";
import { moveRef } from "../moveRef.ts";
import type { Operation, Room } from "../room.ts";

export const fillRepository =
  (room: Room): Operation<"FillRepository"> =>
  async (ctx, { owner, name, code, branch }) => {
    const repository = findRepository(room, { owner, name });
    const bare = repositoryPath(room, repository);
    const scratch = await mkdtemp(join(room.deps.directory("git"), ".fill-"));
    try {
      const tree = await treeOfZip(room, bare, join(scratch, "files"), await codeOf(ctx, code));
      const after = await writeFirstCommit(room, bare, tree);
      await moveRef(room, repository, { ref: `refs/heads/${branch}`, before: undefined, after });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    return {};
  };
