import { git } from "../../../../engines/git/gitCommand.ts";
import { MAX_DIFF_BYTES } from "../../../../engines/git/limits.ts";
import { repositoryPath } from "../../../../engines/git/place.ts";
import { readBlob } from "../../../../engines/git/tree.ts";
import type { RepositoryName } from "../../../../kernel/gitHost.ts";
import type { Room } from "../../room.ts";
import { linesOf, parseHunks, type Region, regionsOf, type Versions } from "./diff3.ts";

/** Three versions of a file's content, and how they differ. */
export interface FileMerge {
  readonly versions: Versions;
  readonly regions: readonly Region[];
}

/** Three blobs; what both sides added has none in the base. */
interface Blobs {
  readonly base: string | undefined;
  readonly source: string;
  readonly destination: string;
}

/** Lays three versions of a text beside each other; undefined when one of them is no text. */
export const mergeFile = async (
  room: Room,
  place: RepositoryName,
  { base, source, destination }: Blobs,
): Promise<FileMerge | undefined> => {
  const contents = await Promise.all(
    [base, source, destination].map((id) => (id === undefined ? Buffer.alloc(0) : readBlob(room, place, id))),
  );
  if (contents.some(isBinary)) return undefined;
  const [ofBase = [], ofSource = [], ofDestination = []] = contents.map((content) => linesOf(content.toString()));
  const versions = { base: ofBase, source: ofSource, destination: ofDestination };
  const all = (lines: readonly string[]) => [{ from: 0, to: 0, length: lines.length }];
  if (base === undefined) return { versions, regions: regionsOf(versions, all(ofSource), all(ofDestination)) };
  const hunks = async (side: string) => {
    const args = ["diff", "--no-color", "--no-ext-diff", "-U0", base, side];
    const patch = await git(room, args, { cwd: repositoryPath(room, place), maxBytes: MAX_DIFF_BYTES });
    return parseHunks(patch.toString());
  };
  const [left, right] = await Promise.all([hunks(source), hunks(destination)]);
  return { versions, regions: regionsOf(versions, left, right) };
};

/** What git takes for no text: a zero among the first bytes. */
export const isBinary = (content: Buffer): boolean => content.subarray(0, LOOKED_AT).includes(0);

const LOOKED_AT = 8000;
