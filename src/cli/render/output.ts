/** Where a command's answer goes: text for people, one JSON document for programs. */
export interface Output {
  readonly json: boolean;
  /** A line for people; nothing with `--json`. */
  line(text?: string): void;
  /** The command's whole answer; printed with `--json` only. */
  result(value: unknown): void;
}

export const createOutput = (json: boolean): Output => ({
  json,
  line: (text = "") => {
    if (!json) process.stdout.write(`${text}\n`);
  },
  result: (value) => {
    if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  },
});

const COLOURS = { green: 32, red: 31, yellow: 33, dim: 2, bold: 1 } as const;

/** Colour on a terminal that wants it; plain text elsewhere. */
export const colour = (name: keyof typeof COLOURS, text: string): string =>
  process.stdout.isTTY && !process.env["NO_COLOR"] ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text;

/** `340 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min` */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  // What rounds to a minute is one.
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
};
