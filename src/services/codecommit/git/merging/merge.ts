import { type FileState, type PathChange, pathsBetween } from "../../../../engines/git/diff.ts";
import { type TreeChange, writeBlob } from "../../../../engines/git/write.ts";
import { refusal } from "../../errors.ts";
import { placeOf } from "../../place.ts";
import type { RepositoryRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { mergedText } from "./diff3.ts";
import { type FileMerge, mergeFile } from "./mergeFile.ts";
import type { Sides } from "./sides.ts";

/** How a merge looks at what both sides changed. */
export interface MergeRules {
  readonly level: "FILE_LEVEL" | "LINE_LEVEL";
  readonly strategy: "NONE" | "ACCEPT_SOURCE" | "ACCEPT_DESTINATION" | "AUTOMERGE";
}

/** What a path is on each side; undefined where there is nothing. */
export interface ThreeStates {
  readonly path: string;
  readonly base: FileState | undefined;
  readonly source: FileState | undefined;
  readonly destination: FileState | undefined;
}

/** A path that both sides changed, and not alike. */
export interface Conflict extends ThreeStates {
  /** Of texts: how they differ. */
  readonly content: FileMerge | undefined;
  readonly isOfTypes: boolean;
  readonly isOfModes: boolean;
  readonly isOfContents: boolean;
}

/** What is to be changed of the destination, and what cannot be told. */
export interface Merge {
  readonly changes: readonly TreeChange[];
  readonly conflicts: readonly Conflict[];
}

export const rulesOf = (input: {
  readonly conflictDetailLevel?: MergeRules["level"] | undefined;
  readonly conflictResolutionStrategy?: MergeRules["strategy"] | undefined;
}): MergeRules => ({
  level: input.conflictDetailLevel ?? "FILE_LEVEL",
  strategy: input.conflictResolutionStrategy ?? "NONE",
});

/** AWS compares so many files on each side at most. */
const MAX_COMPARED = 1000;

/** Merges the source into the destination, path by path. */
export const mergeSides = async (
  room: Room,
  repository: RepositoryRecord,
  { source, destination, base }: Sides,
  rules: MergeRules,
): Promise<Merge> => {
  const place = placeOf(room, repository);
  const [ofSource, ofDestination] = await Promise.all([
    pathsBetween(room, place, base, source),
    pathsBetween(room, place, base, destination),
  ]);
  if (Math.max(ofSource.length, ofDestination.length) > MAX_COMPARED) throw refusal("MaximumItemsToCompareExceeded");
  const there = new Map(ofDestination.map((change) => [change.path, change]));
  const changes: TreeChange[] = [];
  const conflicts: Conflict[] = [];
  for (const change of ofSource) {
    const states = statesOf(change, there.get(change.path));
    const isOfTypes = collides(change, ofDestination);
    if (!there.has(change.path) && !isOfTypes) changes.push(changeTo(change.path, change.after));
    else if (isOfTypes || !same(states.source, states.destination)) {
      const conflict = await conflictOf(room, repository, states, isOfTypes);
      const settled = await settle(room, repository, conflict, rules);
      if (settled === "conflict") conflicts.push(conflict);
      else changes.push(...settled);
    }
  }
  return { changes, conflicts };
};

const statesOf = (change: PathChange, other: PathChange | undefined): ThreeStates => ({
  path: change.path,
  base: change.before,
  source: change.after,
  destination: other ? other.after : change.before,
});

/** Whether one side has a file where the other has made a folder. */
const collides = ({ path, after }: PathChange, others: readonly PathChange[]): boolean =>
  after !== undefined &&
  others.some((other) => other.after && (other.path.startsWith(`${path}/`) || path.startsWith(`${other.path}/`)));

const same = (a: FileState | undefined, b: FileState | undefined): boolean =>
  a?.blob === b?.blob && a?.mode === b?.mode;

const changeTo = (path: string, state: FileState | undefined): TreeChange => ({
  path,
  mode: state?.mode ?? "100644",
  id: state?.blob,
});

const conflictOf = async (
  room: Room,
  repository: RepositoryRecord,
  states: ThreeStates,
  isOfTypes: boolean,
): Promise<Conflict> => {
  const { base, source, destination } = states;
  const areFiles = source && destination && isFile(source) && isFile(destination) && (!base || isFile(base));
  const content = areFiles
    ? await mergeFile(room, placeOf(room, repository), {
        base: base?.blob,
        source: source.blob,
        destination: destination.blob,
      })
    : undefined;
  const differ = (of: (state: FileState) => string) =>
    source !== undefined && destination !== undefined && of(source) !== of(destination);
  const typesDiffer = isOfTypes || differ((state) => state.mode.slice(0, 2));
  return {
    ...states,
    content,
    isOfTypes: typesDiffer,
    isOfModes:
      !typesDiffer && differ(({ mode }) => mode) && source?.mode !== base?.mode && destination?.mode !== base?.mode,
    isOfContents: source === undefined || destination === undefined || differ(({ blob }) => blob),
  };
};

const isFile = ({ mode }: FileState): boolean => mode.startsWith("100");

/** What a conflict comes to by the rules: changes of the destination, none, or that it stays one. */
const settle = async (
  room: Room,
  repository: RepositoryRecord,
  conflict: Conflict,
  { level, strategy }: MergeRules,
): Promise<readonly TreeChange[] | "conflict"> => {
  const { path, base, source, destination, content } = conflict;
  const looksIntoLines = level === "LINE_LEVEL" || strategy === "AUTOMERGE";
  const isClean = content?.regions.every(({ isConflict }) => !isConflict) ?? false;
  const side = strategy === "ACCEPT_SOURCE" ? "source" : strategy === "ACCEPT_DESTINATION" ? "destination" : undefined;
  if (looksIntoLines && content && !conflict.isOfModes && (isClean || (side && level === "LINE_LEVEL"))) {
    const text = mergedText(content.versions, content.regions, side ?? "destination");
    const id = await writeBlob(room, placeOf(room, repository), Buffer.from(text));
    const mode = (source?.mode === base?.mode ? destination?.mode : source?.mode) ?? "100644";
    return [{ path, mode, id }];
  }
  if (side === "destination") return [];
  if (side === "source" && !conflict.isOfTypes) return [changeTo(path, source)];
  return "conflict";
};
