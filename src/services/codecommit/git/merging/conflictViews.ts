import type { FileState } from "../../../../engines/git/diff.ts";
import { readBlob } from "../../../../engines/git/tree.ts";
import { placeOf } from "../../place.ts";
import type { RepositoryRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { fileModeOf } from "../modes.ts";
import { type Range, type Region, textOf, type Versions } from "./diff3.ts";
import type { Conflict } from "./merge.ts";
import { isBinary } from "./mergeFile.ts";

/** https://docs.aws.amazon.com/codecommit/latest/APIReference/API_ConflictMetadata.html */
export const conflictView = async (room: Room, repository: RepositoryRecord, conflict: Conflict) => {
  const { path, base, source, destination, content } = conflict;
  const read = async (state: FileState | undefined) =>
    state && !isLinkToCommit(state) ? readBlob(room, placeOf(room, repository), state.blob) : undefined;
  const [ofBase, ofSource, ofDestination] = await Promise.all([base, source, destination].map(read));
  const conflicting = content?.regions.filter(({ isConflict }) => isConflict).length ?? 1;
  return {
    filePath: path,
    fileSizes: { source: ofSource?.length, destination: ofDestination?.length, base: ofBase?.length },
    fileModes: each(conflict, ({ mode }) => fileModeOf(mode)),
    objectTypes: each(conflict, typeOf),
    numberOfConflicts: conflicting,
    isBinaryFile: {
      source: ofSource && isBinary(ofSource),
      destination: ofDestination && isBinary(ofDestination),
      base: ofBase && isBinary(ofBase),
    },
    contentConflict: conflict.isOfContents,
    fileModeConflict: conflict.isOfModes,
    objectTypeConflict: conflict.isOfTypes,
    mergeOperations: { source: operationOf(base, source), destination: operationOf(base, destination) },
  };
};

const each = <T>({ source, destination, base }: Conflict, view: (state: FileState) => T) => ({
  source: source && view(source),
  destination: destination && view(destination),
  base: base && view(base),
});

const isLinkToCommit = ({ mode }: FileState): boolean => mode === "160000";

const typeOf = (state: FileState) =>
  isLinkToCommit(state)
    ? ("GIT_LINK" as const)
    : state.mode === "120000"
      ? ("SYMBOLIC_LINK" as const)
      : ("FILE" as const);

const operationOf = (base: FileState | undefined, side: FileState | undefined) =>
  base === undefined ? ("A" as const) : side === undefined ? ("D" as const) : ("M" as const);

/** The places of a text where the sides differ; lines count from one, and what has none has no end. */
export const hunksView = ({ content }: Conflict, most: number) =>
  (content?.regions ?? []).slice(0, most).map((region) => hunkView(region, content?.versions));

const hunkView = (region: Region, versions: Versions | undefined) => {
  const part = (range: Range, lines: readonly string[] = []) => ({
    startLine: range.start + 1,
    endLine: range.end,
    // AWS: in base64, whatever the protocol.
    hunkContent: Buffer.from(textOf(lines, range)).toString("base64"),
  });
  return {
    isConflict: region.isConflict,
    source: part(region.source, versions?.source),
    destination: part(region.destination, versions?.destination),
    base: part(region.base, versions?.base),
  };
};
