export type Side = "LEFT" | "RIGHT";

/** A line of a patch that a remark may be on. */
export interface DiffLine {
  /** Its number before and after the change, where it is there. */
  readonly LEFT?: number;
  readonly RIGHT?: number;
  /** GitHub counts the lines below the first hunk's head, heads of later hunks among them. */
  readonly position: number;
  /** Its hunk up to this line. */
  readonly hunk: string;
}

/** The lines of a file's patch, hunk by hunk. */
export function* linesOf(patch: string): Iterable<DiffLine> {
  let [left, right, position] = [0, 0, -1];
  let hunk: string[] = [];
  for (const text of patch.split("\n")) {
    const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    position += 1;
    if (head) {
      [left, right, hunk] = [Number(head[1]), Number(head[2]), [text]];
      continue;
    }
    hunk.push(text);
    const kind = text.charAt(0);
    // `\ No newline at end of file` is a line of the patch, and of neither file; what is empty ends the text.
    if (kind !== "+" && kind !== "-" && kind !== " ") continue;
    yield {
      ...(kind === "+" ? {} : { LEFT: left++ }),
      ...(kind === "-" ? {} : { RIGHT: right++ }),
      position,
      hunk: hunk.join("\n"),
    };
  }
}

/** The line of that number on one side. */
export const lineAt = (patch: string, line: number, side: Side): DiffLine | undefined => {
  for (const each of linesOf(patch)) if (each[side] === line) return each;
  return undefined;
};

export const lineAtPosition = (patch: string, position: number): DiffLine | undefined => {
  for (const each of linesOf(patch)) if (each.position === position) return each;
  return undefined;
};
