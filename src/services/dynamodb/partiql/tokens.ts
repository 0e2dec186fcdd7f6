import { notWellFormed } from "./fault.ts";

/** A piece of a statement. A quoted name is a name whatever it spells; a bare one may be a keyword. */
export type Token =
  | { readonly kind: "name"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string };

const BLANK = /(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)+/y;
/** The semicolon that may close a statement. */
const END = /;\s*$/y;
const NAME = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const QUOTED = /"((?:[^"]|"")*)"/y;
const STRING = /'((?:[^']|'')*)'/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /<<|>>|<>|!=|<=|>=|[=<>?,.*()[\]{}:+-]/y;

/** Takes a statement apart. Throws ValidationException at what belongs to none. */
export const tokensOf = (statement: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(statement);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const read = (): Token => {
    const name = match(NAME);
    if (name) return { kind: "name", text: name[0], quoted: false };
    const quoted = match(QUOTED);
    if (quoted) return { kind: "name", text: (quoted[1] ?? "").replaceAll('""', '"'), quoted: true };
    const string = match(STRING);
    if (string) return { kind: "string", text: (string[1] ?? "").replaceAll("''", "'") };
    const number = match(NUMBER);
    if (number) return { kind: "number", text: number[0] };
    const symbol = match(SYMBOL);
    if (symbol) return { kind: "symbol", text: symbol[0] };
    throw notWellFormed(`Unexpected character at position ${at + 1}: ${statement.charAt(at)}`);
  };
  for (match(BLANK); at < statement.length && !match(END); match(BLANK)) tokens.push(read());
  return tokens;
};
