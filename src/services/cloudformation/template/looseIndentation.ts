import { CST, Lexer } from "yaml";
import { type Position, positionAt } from "./source.ts";

/** A text whose brackets, braces and quotes span lines only to the right of where they open. */
export interface Straightened {
  readonly text: string;
  /** Where an offset of it stood before it was straightened. */
  positionAt(offset: number): Position;
}

/**
 * AWS: within brackets, braces and quotes the indentation of a line means nothing. The YAML library ends them at a line
 * that stands too far to the left; here such lines are moved to the right, which changes nothing of what they say.
 * Undefined where nothing had to be moved.
 */
export const straightened = (text: string): Straightened | undefined => {
  const moved = new Map<number, number>();
  let current = text;
  for (let left = MAX_LEXED_CHARACTERS; left > 0; left -= current.length) {
    const region = firstBrokenRegion(current);
    if (region === undefined) break;
    current = moveRight(current, region, moved);
  }
  if (moved.size === 0) return undefined;
  return {
    text: current,
    positionAt(offset) {
      const { line, column } = positionAt(current, offset);
      return { line, column: Math.max(1, column - (moved.get(line) ?? 0)) };
    },
  };
};

/** Each region that has to be moved costs a pass over the text; a template has up to a megabyte. */
const MAX_LEXED_CHARACTERS = 10_000_000;

interface Region {
  readonly start: number;
  readonly end: number;
}

/** The first collection or quoted text that the library takes to end before it is closed. */
const firstBrokenRegion = (text: string): Region | undefined => {
  const open: number[] = [];
  let offset = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type: CST.TokenType | null = isText ? null : CST.tokenType(lexeme);
    isText = type === "scalar";
    if (type === "flow-error-end") return regionFrom(text, open[0], closedCollection);
    if (type === "single-quoted-scalar" || type === "double-quoted-scalar") {
      const region = regionFrom(text, offset, closedQuote);
      if (region !== undefined && region.end > offset + lexeme.length) return region;
    }
    if (type === "flow-map-start" || type === "flow-seq-start") open.push(offset);
    if (type === "flow-map-end" || type === "flow-seq-end") open.pop();
    if (type !== null && MARKS.has(type)) continue;
    offset += lexeme.length;
  }
  return undefined;
};

/** Lexemes that stand for no character of the text. */
const MARKS = new Set(["doc-mode", "flow-error-end", "scalar"]);

const regionFrom = (
  text: string,
  start: number | undefined,
  endOf: (text: string, start: number) => number | undefined,
): Region | undefined => {
  if (start === undefined) return undefined;
  const end = endOf(text, start);
  return end === undefined ? undefined : { start, end };
};

const QUOTED = /'(?:[^']|'')*'|"(?:[^"\\]|\\[\s\S])*"/;

const closedQuote = (text: string, start: number): number | undefined => {
  const quoted = new RegExp(QUOTED, "y");
  quoted.lastIndex = start;
  return quoted.test(text) ? quoted.lastIndex : undefined;
};

/** Quotes count only where a value may begin, and a hash only behind a space: both may stand within plain text. */
const closedCollection = (text: string, start: number): number | undefined => {
  const parts = new RegExp(`(?<=[\\s[{,:])(?:${QUOTED.source})|(?<=\\s)#[^\\n]*|[[\\]{}]`, "g");
  parts.lastIndex = start;
  let depth = 0;
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    if (part[0] === "[" || part[0] === "{") depth++;
    if ((part[0] === "]" || part[0] === "}") && --depth === 0) return parts.lastIndex;
  }
  return undefined;
};

const moveRight = (text: string, { start, end }: Region, moved: Map<number, number>): string => {
  const { line: first, column } = positionAt(text, start);
  const [opening = "", ...lines] = text.slice(start, end).split("\n");
  for (const index of lines.keys()) moved.set(first + index + 1, column + (moved.get(first + index + 1) ?? 0));
  return (
    [text.slice(0, start) + opening, ...lines.map((line) => " ".repeat(column) + line)].join("\n") + text.slice(end)
  );
};
