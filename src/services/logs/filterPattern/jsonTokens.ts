import { invalidPattern } from "./comparison.ts";

/** A piece of a JSON filter pattern. */
export type Token =
  | { readonly kind: "selector"; readonly path: readonly string[] }
  | { readonly kind: "bare" | "quoted" | "regex" | "symbol"; readonly text: string };

/** The token at or after a place, and where it ends; undefined at the pattern's end. */
export const readToken = (text: string, from: number): { readonly token: Token; readonly end: number } | undefined => {
  const start = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
  if (start >= text.length) return undefined;
  const rest = text.slice(start);
  const [symbol] = /^(?:\|\||&&|!=|<=|>=|[=<>()])/.exec(rest) ?? [];
  if (symbol) return { token: { kind: "symbol", text: symbol }, end: start + symbol.length };
  const [quotedWhole, quoted] = /^"((?:[^"\\]|\\.)*)"/s.exec(rest) ?? [];
  if (quotedWhole !== undefined && quoted !== undefined) {
    return { token: { kind: "quoted", text: quoted.replace(/\\(.)/gs, "$1") }, end: start + quotedWhole.length };
  }
  const [regexWhole, regex] = /^%([^%]*)%/s.exec(rest) ?? [];
  if (regexWhole !== undefined && regex !== undefined) {
    return { token: { kind: "regex", text: regex }, end: start + regexWhole.length };
  }
  if (rest.startsWith("$")) return readSelector(rest, start);
  const [bare] = /^[^\s"%()|&=<>!]+/.exec(rest) ?? [];
  if (!bare) throw invalidPattern();
  return { token: { kind: "bare", text: bare }, end: start + bare.length };
};

/** `$.a.b[0].*`, `$['a.b']`, `$.['a.b']` */
const readSelector = (rest: string, start: number) => {
  const path: string[] = [];
  let at = 1;
  for (;;) {
    const [whole, name, quoted, index] =
      /^(?:\.([^\s.[\]()=<>!&|"%]+)|\.?\[(?:'([^']*)'|"(?:[^"]*)")\]|\.?\[(\d+|\*)\])/.exec(rest.slice(at)) ?? [];
    const step = name ?? quoted ?? index;
    if (whole === undefined || step === undefined) break;
    path.push(step);
    at += whole.length;
  }
  if (path.length === 0) throw invalidPattern();
  return { token: { kind: "selector", path } as const, end: start + at };
};
