import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { conflictView, hunksView } from "../git/merging/conflictViews.ts";
import { type Conflict, mergeSides, rulesOf } from "../git/merging/merge.ts";
import { isFastForward, type Sides, sidesOf, sidesView } from "../git/merging/sides.ts";
import type { MergeOption } from "../git/merging/writeMerge.ts";
import { filePathOf } from "../git/paths.ts";
import { MAX_CONFLICT_FILES, MAX_MERGE_HUNKS } from "../limits.ts";
import { pageByPlace } from "../paging.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const getMergeConflicts =
  (room: Room): Operation<"GetMergeConflicts"> =>
  async (_ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    const sides = await sidesOf(room, repository, input);
    const size = boundedBy(input.maxConflictFiles, MAX_CONFLICT_FILES, "InvalidMaxConflictFiles");
    const conflicts = await conflictsOf(room, repository, sides, input);
    const { items, nextToken } = pageByPlace(conflicts, input.nextToken, size);
    return {
      mergeable: input.mergeOption === "FAST_FORWARD_MERGE" ? isFastForward(sides) : conflicts.length === 0,
      ...sidesView(sides),
      conflictMetadataList: await Promise.all(items.map((conflict) => conflictView(room, repository, conflict))),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  };

export const describeMergeConflicts =
  (room: Room): Operation<"DescribeMergeConflicts"> =>
  async (_ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    const sides = await sidesOf(room, repository, input);
    const path = filePathOf(input.filePath);
    const size = boundedBy(input.maxMergeHunks, MAX_MERGE_HUNKS, "InvalidMaxMergeHunks");
    const conflict = (await conflictsOf(room, repository, sides, input)).find((each) => each.path === path);
    if (!conflict) throw refusal("FileDoesNotExist", `Could not find path ${path}`);
    const { items, nextToken } = pageByPlace(hunksView(conflict, MAX_MERGE_HUNKS), input.nextToken, size);
    return {
      conflictMetadata: await conflictView(room, repository, conflict),
      mergeHunks: items,
      ...sidesView(sides),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  };

export const batchDescribeMergeConflicts =
  (room: Room): Operation<"BatchDescribeMergeConflicts"> =>
  async (_ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    const sides = await sidesOf(room, repository, input);
    const hunks = boundedBy(input.maxMergeHunks, MAX_MERGE_HUNKS, "InvalidMaxMergeHunks");
    const size = boundedBy(input.maxConflictFiles, MAX_CONFLICT_FILES, "InvalidMaxConflictFiles");
    const all = await conflictsOf(room, repository, sides, input);
    const paths = input.filePaths?.map(filePathOf);
    const asked = paths ? all.filter(({ path }) => paths.includes(path)) : all;
    const missing = (paths ?? []).filter((path) => !all.some((conflict) => conflict.path === path));
    const { items, nextToken } = pageByPlace(asked, input.nextToken, size);
    return {
      conflicts: await Promise.all(
        items.map(async (conflict) => ({
          conflictMetadata: await conflictView(room, repository, conflict),
          mergeHunks: hunksView(conflict, hunks),
        })),
      ),
      errors: missing.map((filePath) => {
        const { code, message } = refusal("FileDoesNotExist", `Could not find path ${filePath}`);
        return { filePath, exceptionName: code, message };
      }),
      ...sidesView(sides),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  };

type Rules = Parameters<typeof rulesOf>[0] & { readonly mergeOption: MergeOption };

/** AWS: where a branch need only go on, nothing is merged. */
const conflictsOf = async (
  room: Room,
  repository: RepositoryRecord,
  sides: Sides,
  rules: Rules,
): Promise<readonly Conflict[]> =>
  rules.mergeOption === "FAST_FORWARD_MERGE"
    ? []
    : (await mergeSides(room, repository, sides, rulesOf(rules))).conflicts;

const boundedBy = (
  asked: number | undefined,
  most: number,
  otherwise: "InvalidMaxConflictFiles" | "InvalidMaxMergeHunks",
): number => {
  if (asked !== undefined && (asked < 1 || asked > most)) throw refusal(otherwise);
  return asked ?? most;
};
