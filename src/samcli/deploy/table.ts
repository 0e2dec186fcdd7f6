/** The width of a table where no terminal says another. */
const WIDTH = 100;
const MARGIN = 2;

/** Prints rows under a head, in columns of one width, as the SAM CLI does; long cells go on in the next line. */
export interface Table {
  row(cells: readonly string[]): void;
  end(): void;
}

export const openTable = (title: string, columns: readonly string[], out: (text: string) => void): Table => {
  const usable = WIDTH - (WIDTH % columns.length) - 1 - MARGIN;
  const width = Math.floor(usable / columns.length);
  const rule = "-".repeat(usable);
  const line = (cells: readonly string[]) =>
    out(`${cells.map((cell, at) => cell.padEnd(at === columns.length - 1 ? width - 1 : width)).join(" ")}\n`);
  out(`${title}\n${rule}\n`);
  line(columns);
  out(`${rule}\n`);
  return {
    row: (cells) => {
      const wrapped = cells.map((cell) => wrap(cell, width - MARGIN));
      const height = Math.max(...wrapped.map(({ length }) => length));
      for (let at = 0; at < height; at++) line(wrapped.map((lines) => lines[at] ?? ""));
    },
    end: () => out(`${rule}\n\n`),
  };
};

/** At spaces and after hyphens where it can be, within a word where it must. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=-)|(?= )/)) {
    let rest = line === "" ? word.trimStart() : word;
    if (line.length + rest.length > width && line !== "") {
      lines.push(line);
      line = "";
      rest = rest.trimStart();
    }
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width));
    line += rest;
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
};
