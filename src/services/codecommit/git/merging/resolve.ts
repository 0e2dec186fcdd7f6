import type { ConflictResolution } from "@aws-sdk/client-codecommit";
import { type TreeChange, writeBlob } from "../../../../engines/git/write.ts";
import type { Validated } from "../../../../kernel/aws.ts";
import { refusal } from "../../errors.ts";
import { MAX_FILE_BYTES, MAX_FILES_PER_COMMIT } from "../../limits.ts";
import { placeOf } from "../../place.ts";
import type { RepositoryRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { gitModeOf } from "../modes.ts";
import { filePathOf } from "../paths.ts";
import type { Conflict, Merge } from "./merge.ts";

type Resolution = Validated<ConflictResolution>;

/** Settles conflicts as the caller says. Throws unless each is settled, and once. */
export const resolveConflicts = async (
  room: Room,
  repository: RepositoryRecord,
  { changes, conflicts }: Merge,
  { replaceContents = [], deleteFiles = [], setFileModes = [] }: Resolution = {},
): Promise<readonly TreeChange[]> => {
  const paths = [...replaceContents, ...deleteFiles].map(({ filePath }) => filePathOf(filePath));
  if (paths.length > MAX_FILES_PER_COMMIT) throw refusal("MaximumConflictResolutionEntriesExceeded");
  if (new Set(paths).size < paths.length) throw refusal("MultipleConflictResolutionEntries");
  const byPath = new Map(conflicts.map((conflict) => [conflict.path, conflict]));
  if (paths.some((path) => !byPath.has(path))) throw refusal("InvalidConflictResolution");
  if (paths.length < conflicts.length) throw refusal("ManualMergeRequired");
  const replaced: TreeChange[] = [];
  for (const entry of replaceContents) {
    const conflict = byPath.get(filePathOf(entry.filePath));
    if (conflict) replaced.push(await replacement(room, repository, conflict, entry));
  }
  const modes = new Map(setFileModes.map(({ filePath, fileMode }) => [filePathOf(filePath), gitModeOf(fileMode)]));
  return [
    ...deleteFiles.map(({ filePath }) => ({ path: filePathOf(filePath), mode: "100644", id: undefined })),
    ...[...changes, ...replaced].map((change) => ({ ...change, mode: modes.get(change.path) ?? change.mode })),
  ];
};

type Replacement = NonNullable<Resolution["replaceContents"]>[number];

const replacement = async (
  room: Room,
  repository: RepositoryRecord,
  { path, base, source, destination }: Conflict,
  { replacementType, content, fileMode }: Replacement,
): Promise<TreeChange> => {
  const mode = fileMode === undefined ? undefined : gitModeOf(fileMode);
  const keep = (state: Conflict["source"]) => ({ path, mode: mode ?? state?.mode ?? "100644", id: state?.blob });
  switch (replacementType) {
    case "KEEP_BASE":
      return keep(base);
    case "KEEP_SOURCE":
      return keep(source);
    case "KEEP_DESTINATION":
      return keep(destination);
    case "USE_NEW_CONTENT": {
      if (content === undefined) throw refusal("ReplacementContentRequired");
      if (content.length > MAX_FILE_BYTES) throw refusal("FileContentSizeLimitExceeded");
      const id = await writeBlob(room, placeOf(room, repository), content);
      return { path, mode: mode ?? destination?.mode ?? source?.mode ?? "100644", id };
    }
  }
};
