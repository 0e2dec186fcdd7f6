/** `*` in a pattern: any run of characters, none included. */
export const ANY_RUN: unique symbol = Symbol("*");
/** `?` in a pattern: exactly one character. */
export const ANY_ONE: unique symbol = Symbol("?");

/** A piece of a pattern: literal text or a wildcard. */
export type Piece = string | typeof ANY_RUN | typeof ANY_ONE;

export type TextTest = (text: string) => boolean;

/** Compiles a pattern. Equality, prefixes and `*` alone, which are nearly all that policies hold, cost one comparison. */
export const wildcardTest = (pieces: readonly Piece[]): TextTest => {
  const literal = leadingText(pieces);
  const rest = pieces.slice(literal.count);
  if (rest.length === 0) return (text) => text === literal.text;
  if (rest.every((piece) => piece === ANY_RUN)) {
    return literal.text === "" ? () => true : (text) => text.startsWith(literal.text);
  }
  const units = unitsOf(pieces);
  return (text) => text.startsWith(literal.text) && matchesUnits(units, text);
};

const leadingText = (pieces: readonly Piece[]): { readonly text: string; readonly count: number } => {
  let text = "";
  let count = 0;
  for (const piece of pieces) {
    if (typeof piece !== "string") break;
    text += piece;
    count += 1;
  }
  return { text, count };
};

/** Below every UTF-16 code unit, so that a pattern is one array of numbers. */
const RUN = -1;
const ONE = -2;

const unitsOf = (pieces: readonly Piece[]): readonly number[] =>
  pieces.flatMap((piece) => {
    if (piece === ANY_RUN) return [RUN];
    if (piece === ANY_ONE) return [ONE];
    return Array.from({ length: piece.length }, (_, at) => piece.charCodeAt(at));
  });

/** Goes back to the last `*` only, never further: at worst pattern times text, whatever the pattern. */
const matchesUnits = (units: readonly number[], text: string): boolean => {
  let unit = 0;
  let at = 0;
  let lastRun = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const wanted = units[unit];
    if (wanted === RUN) {
      lastRun = unit;
      resumeAt = at;
      unit += 1;
    } else if (wanted === ONE || wanted === text.charCodeAt(at)) {
      unit += 1;
      at += 1;
    } else if (lastRun >= 0) {
      resumeAt += 1;
      at = resumeAt;
      unit = lastRun + 1;
    } else {
      return false;
    }
  }
  while (units[unit] === RUN) unit += 1;
  return unit === units.length;
};
