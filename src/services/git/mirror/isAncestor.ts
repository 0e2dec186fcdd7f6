import { git } from "../../../engines/git/gitCommand.ts";
import type { Room } from "../room.ts";

/** Whether a commit is in the history of another; one that the repository does not know at all is in none. */
export const isAncestor = async (room: Room, cwd: string, before: string, after: string): Promise<boolean> => {
  try {
    await git(room, ["merge-base", "--is-ancestor", before, after], { cwd });
    return true;
  } catch {
    return false;
  }
};
