/** What one side changed of the base: lines from `from` to before `to`, which are `length` lines there. Counted from zero. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Lines of one version, from zero, the last not among them. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place where a side, or both, differ from the base. */
export interface Region {
  readonly base: Range;
  readonly source: Range;
  readonly destination: Range;
  /** Whether both sides changed it, and not alike. */
  readonly isConflict: boolean;
  /** Whose lines it has, where it is no conflict. */
  readonly taken: "source" | "destination";
}

/** The lines of three versions of a file, with their line breaks. */
export interface Versions {
  readonly base: readonly string[];
  readonly source: readonly string[];
  readonly destination: readonly string[];
}

/** Reads the heads of `git diff -U0`: https://git-scm.com/docs/git-diff#generate_patch_text_with_p */
export const parseHunks = (patch: string): readonly Hunk[] =>
  [...patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/gm)].map(([, at = "0", before = "1", after = "1"]) => {
    // What was only added stands behind the line that is named.
    const from = before === "0" ? Number(at) : Number(at) - 1;
    return { from, to: from + Number(before), length: Number(after) };
  });

/** Lays the changes of two sides beside each other: those that touch are one place. */
export const regionsOf = (
  versions: Versions,
  source: readonly Hunk[],
  destination: readonly Hunk[],
): readonly Region[] => {
  const regions: Region[] = [];
  const [left, right] = [new Side(source), new Side(destination)];
  for (let next = firstOf(left, right); next; next = firstOf(left, right)) {
    const base = { start: next.from, end: next.to };
    // Each hunk that is taken may reach further, to the next of the other side.
    while (left.takes(base) || right.takes(base));
    regions.push(regionOf(versions, base, left.close(base), right.close(base)));
  }
  return regions;
};

const firstOf = (left: Side, right: Side): Hunk | undefined => {
  const [a, b] = [left.next, right.next];
  return a && (!b || a.from <= b.from) ? a : b;
};

/** One side's hunks, read in their order. */
class Side {
  private at = 0;
  /** How far its lines are ahead of the base's. */
  private shift = 0;
  private inside = 0;
  private count = 0;
  private readonly hunks: readonly Hunk[];

  constructor(hunks: readonly Hunk[]) {
    this.hunks = hunks;
  }

  get next(): Hunk | undefined {
    return this.hunks[this.at];
  }

  takes(base: { end: number }): boolean {
    const { next } = this;
    if (!next || next.from > base.end) return false;
    this.at += 1;
    this.count += 1;
    this.inside += next.length - (next.to - next.from);
    base.end = Math.max(base.end, next.to);
    return true;
  }

  close({ start, end }: Range): Range & { readonly isChanged: boolean } {
    const range = { start: start + this.shift, end: end + this.shift + this.inside, isChanged: this.count > 0 };
    this.shift += this.inside;
    this.inside = 0;
    this.count = 0;
    return range;
  }
}

type SideRange = Range & { readonly isChanged: boolean };

const regionOf = (versions: Versions, base: Range, source: SideRange, destination: SideRange): Region => {
  const isSame = textOf(versions.source, source) === textOf(versions.destination, destination);
  return {
    base: { ...base },
    source: { start: source.start, end: source.end },
    destination: { start: destination.start, end: destination.end },
    isConflict: source.isChanged && destination.isChanged && !isSame,
    taken: source.isChanged ? "source" : "destination",
  };
};

export const textOf = (lines: readonly string[], { start, end }: Range): string => lines.slice(start, end).join("");

/** The file that comes of it; conflicts take the lines of the side that is named. */
export const mergedText = (
  versions: Versions,
  regions: readonly Region[],
  inConflict: "source" | "destination",
): string => {
  let at = 0;
  const parts: string[] = [];
  for (const region of regions) {
    const side = region.isConflict ? inConflict : region.taken;
    parts.push(textOf(versions.base, { start: at, end: region.base.start }), textOf(versions[side], region[side]));
    at = region.base.end;
  }
  parts.push(textOf(versions.base, { start: at, end: versions.base.length }));
  return parts.join("");
};

/** A text's lines, each with its line break. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
