import { refsOf, revisionAt } from "../../../engines/git/revisions.ts";
import { type Refusal, refusal } from "../errors.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

export const BRANCH = "refs/heads/";
const TAG = "refs/tags/";

export const isCommitId = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

/** Where each branch is, by its name, in the order of the names. */
export const branchesOf = async (room: Room, repository: RepositoryRecord): Promise<ReadonlyMap<string, string>> => {
  const refs = await refsOf(room, placeOf(room, repository));
  return new Map(
    [...refs].flatMap(([ref, id]) => (ref.startsWith(BRANCH) ? [[ref.slice(BRANCH.length), id] as const] : [])),
  );
};

/** The commit that a branch, a tag, a full reference, HEAD or a full id names; undefined for anything else. */
export const commitAt = async (
  room: Room,
  repository: RepositoryRecord,
  specifier: string,
): Promise<string | undefined> => {
  for (const revision of revisionsOf(repository, specifier)) {
    const id = await revisionAt(room, placeOf(room, repository), `${revision}^{commit}`);
    if (id !== undefined) return id;
  }
  return undefined;
};

const revisionsOf = ({ defaultBranch }: RepositoryRecord, specifier: string): readonly string[] => {
  if (specifier === "HEAD") return defaultBranch === undefined ? [] : [`${BRANCH}${defaultBranch}`];
  if (isCommitId(specifier)) return [specifier];
  if (!isReferenceName(specifier)) return [];
  return specifier.startsWith("refs/") ? [specifier] : [`${BRANCH}${specifier}`, `${TAG}${specifier}`];
};

/** The same, of the default branch where none is asked for. Throws when there is none. */
export const findCommit = async (
  room: Room,
  repository: RepositoryRecord,
  specifier: string | undefined,
  none: Refusal = "CommitDoesNotExist",
): Promise<string> => {
  const id = await commitAt(room, repository, specifier ?? "HEAD");
  if (id === undefined) throw refusal(none);
  return id;
};

/** https://git-scm.com/docs/git-check-ref-format */
export const isReferenceName = (name: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is not allowed
  !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|^\.|^\/|^-|\.lock(?:\/|$)|[./]$|^@$|^$/.test(name);
