import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { packZip } from "../../engines/build/zip/pack.ts";
import { git } from "../../engines/git/gitCommand.ts";
import { keyOf, repositoryPath } from "../../engines/git/place.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import type { Room } from "./room.ts";

/** A clone of a repository with all its history, at a commit, as a zip: what a build clones for itself on AWS. */
export const fullCloneOf = async (room: Room, name: RepositoryName, commitId: string): Promise<Buffer> => {
  const scratch = await mkdtemp(join(room.deps.directory("git"), ".clone-"));
  try {
    const files = join(scratch, "files");
    const from = repositoryPath(room, name);
    await git(room, ["clone", "--quiet", "--no-hardlinks", "--no-checkout", from, files], { cwd: scratch });
    // No branch may lead to it any more.
    await git(room, ["fetch", "--quiet", from, commitId], { cwd: files });
    await git(room, ["checkout", "--quiet", "--detach", commitId], { cwd: files });
    const url = `${room.deps.endpoint()}/git/${keyOf(name).join("/")}.git`;
    await git(room, ["remote", "set-url", "origin", url], { cwd: files });
    const archive = join(scratch, "clone.zip");
    await packZip(await filesIn(files), archive);
    return await readFile(archive);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

const filesIn = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, name: relative(folder, path), isLink: entry.isSymbolicLink() };
    });
};
