/** A compiled pattern of paths. */
export interface PathPattern {
  /** The folder before the first wildcard, with no slash at its end; empty when there is none. */
  readonly root: string;
  /** Without a wildcard the pattern names one path. */
  readonly isLiteral: boolean;
  /** Whether a path with slashes matches. */
  matches(path: string): boolean;
}

/**
 * A pattern as CodeBuild's artifacts and cache have them: a star for what is within one name, two for any number of folders,
 * `?`, `[a-z]` and `{a,b}`. Hidden files match like all others.
 */
export const pathPattern = (text: string): PathPattern => {
  const pattern = normalized(text);
  const parts = pattern.split("/");
  const firstWild = parts.findIndex((part) => WILDCARDS.test(part));
  if (firstWild < 0) return { root: pattern, isLiteral: true, matches: (path) => path === pattern };
  const expression = new RegExp(`^${expressionOf(pattern)}$`);
  return {
    root: parts.slice(0, firstWild).join("/") || (pattern.startsWith("/") ? "/" : ""),
    isLiteral: false,
    matches: (path) => expression.test(path),
  };
};

const WILDCARDS = /[*?[{]/;

/** `./a//b/` is `a/b`. */
const normalized = (text: string): string =>
  text
    .replace(/\/{2,}/g, "/")
    .replace(/^(\.\/)+/, "")
    .replace(/(?<=.)\/$/, "");

/** Matches at a place in the pattern, tried in this order, and what each becomes. */
const expressionOf = (pattern: string): string => {
  let expression = "";
  let depth = 0;
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const set = /^\[[!^]?[^\]/]+\]/.exec(rest)?.[0];
    if (rest.startsWith("**/")) {
      expression += "(?:[^/]+/)*";
      at += 3;
    } else if (rest.startsWith("**")) {
      expression += ".*";
      at += 2;
    } else if (set) {
      expression += setOf(set);
      at += set.length;
    } else {
      const character = rest.charAt(0);
      const closes = character === "{" ? rest.includes("}") : depth > 0;
      expression += closes ? (BRACES[character] ?? single(character)) : single(character);
      if (closes && character === "{") depth++;
      if (closes && character === "}") depth--;
      at += 1;
    }
  }
  return expression + ")".repeat(depth);
};

const BRACES: Readonly<Record<string, string>> = { "{": "(?:", "}": ")", ",": "|" };

const single = (character: string): string => {
  if (character === "*") return "[^/]*";
  if (character === "?") return "[^/]";
  return character.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
};

const setOf = (set: string): string => {
  const body = set.slice(1, -1).replace(/\\/g, "\\\\").replace(/\[/g, "\\[");
  const valid = `[${body.startsWith("!") ? `^${body.slice(1)}` : body}]`;
  try {
    new RegExp(valid);
    return `(?!/)${valid}`;
  } catch {
    return single("[") + [...set.slice(1)].map(single).join("");
  }
};
