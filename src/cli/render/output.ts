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

/** `1.2 s`, `340 ms` */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
