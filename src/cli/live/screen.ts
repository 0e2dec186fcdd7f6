/** What a screen writes to: standard output, or what stands in for it. */
export interface Terminal {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

/** A part of the terminal that is drawn over and over, below what was printed for good. */
export interface Screen {
  /** Draws these lines in place of the last ones. */
  draw(lines: readonly string[]): void;
  /** Prints a line for good, above what is drawn. */
  print(line: string): void;
  /** Leaves what is drawn, and gives the terminal back as it was. Safe to repeat. */
  close(): void;
}

const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
const CLEAR_BELOW = "\u001b[0J";
/** For a terminal that does not know its size: it says 0. */
const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

export const openScreen = (terminal: Terminal): Screen => {
  let drawn: readonly string[] = [];
  let open = false;
  const back = () => (drawn.length > 0 ? `\u001b[${drawn.length}A\r${CLEAR_BELOW}` : "");
  const redraw = (before: string, lines: readonly string[]) => {
    const start = open ? "" : HIDE_CURSOR;
    open = true;
    // What does not cutTo on the terminal could not be drawn over.
    const fitting = lines
      .slice(0, (terminal.rows || DEFAULT_ROWS) - 1)
      .map((line) => cutTo(line, terminal.columns || DEFAULT_COLUMNS));
    terminal.write(`${start}${back()}${before}${fitting.map((line) => `${line}\n`).join("")}`);
    drawn = fitting;
  };
  return {
    draw: (lines) => redraw("", lines),
    print: (line) => redraw(`${line}\n`, drawn),
    close: () => {
      if (open) terminal.write(SHOW_CURSOR);
      open = false;
      drawn = [];
    },
  };
};

/** A line cut to a width; colours take no room, and end where it ends. */
export const cutTo = (line: string, columns: number): string => {
  let room = columns;
  let isCut = false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape begins a colour.
  const parts = line.split(/(\u001b\[[0-9;]*m)/).map((part) => {
    if (part.startsWith("\u001b[")) return part;
    const letters = [...part];
    if (letters.length <= room) {
      room -= letters.length;
      return part;
    }
    const kept = isCut || room === 0 ? "" : `${letters.slice(0, room - 1).join("")}…`;
    isCut = true;
    room = 0;
    return kept;
  });
  return parts.join("");
};
