/** What shorthand says before it is known what it is about: texts, lists and maps of them. */
export type Shorthand = string | readonly Shorthand[] | { readonly [key: string]: Shorthand };

/**
 * The AWS CLI's shorthand: `Key=a,Value=b`, `Name=x,Values=1,2`, `A={B=c,D=[e,f]}`, values quoted or not.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
export const parseShorthand = (text: string): Shorthand => {
  const reader = createReader(text);
  const entries = readEntries(reader, undefined);
  reader.expectEnd();
  return entries;
};

/** A mistake in shorthand, and where it is. */
export class ShorthandError extends Error {
  constructor(expected: string, received: string, text: string, at: number) {
    super(`Expected: '${expected}', received: '${received || "EOF"}' for input:\n${text}\n${" ".repeat(at)}^`);
    this.name = "ShorthandError";
  }
}

interface Reader {
  peek(): string;
  /** Takes a character if it is the next one. */
  take(character: string): boolean;
  expect(character: string): void;
  /** Takes what the pattern, which is sticky, finds here. */
  match(pattern: RegExp): string | undefined;
  /** Whether the pattern fits here; takes nothing. */
  sees(pattern: RegExp): boolean;
  expectEnd(): void;
}

const createReader = (text: string): Reader => {
  let at = 0;
  const sticky = (pattern: RegExp) => new RegExp(pattern.source, "y");
  const find = (pattern: RegExp) => {
    const expression = sticky(pattern);
    expression.lastIndex = at;
    return expression.exec(text)?.[0];
  };
  const fail = (expected: string): never => {
    throw new ShorthandError(expected, text.charAt(at), text, at);
  };
  return {
    peek: () => text.charAt(at),
    take: (character) => {
      const found = text.charAt(at) === character;
      if (found) at++;
      return found;
    },
    expect: (character) => {
      if (text.charAt(at) !== character) fail(character);
      at++;
    },
    match: (pattern) => {
      const found = find(pattern);
      at += found?.length ?? 0;
      return found;
    },
    sees: (pattern) => find(pattern) !== undefined,
    expectEnd: () => {
      if (at < text.length) fail(",");
    },
  };
};

const KEY = /[\w.#/:-]+/;
const NEXT_ENTRY = /\s*[\w.#/:-]+\s*=/;

/** `key=value,key=value`, until the closing brace or the end. */
const readEntries = (reader: Reader, close: "}" | undefined): Shorthand => {
  const entries: Record<string, Shorthand> = {};
  do {
    reader.match(/\s*/);
    if (close && reader.peek() === close) break;
    const key = reader.match(KEY);
    reader.match(/\s*/);
    if (key === undefined) reader.expect("=");
    reader.expect("=");
    reader.match(/\s*/);
    entries[key ?? ""] = readValue(reader, close !== undefined);
    reader.match(/\s*/);
  } while (reader.take(","));
  return entries;
};

const readValue = (reader: Reader, nested: boolean): Shorthand => {
  if (reader.take("{")) {
    const entries = readEntries(reader, "}");
    reader.expect("}");
    return entries;
  }
  if (reader.take("[")) return readList(reader);
  const first = readScalar(reader, nested);
  // `Values=1,2`: what follows a comma and is no entry of its own belongs to the same list.
  const values = [first];
  while (reader.peek() === "," && !reader.sees(new RegExp(`,${NEXT_ENTRY.source}`)) && !reader.sees(/,\s*$/)) {
    reader.take(",");
    reader.match(/\s*/);
    values.push(readScalar(reader, nested));
  }
  return values.length > 1 ? values : first;
};

const readList = (reader: Reader): Shorthand => {
  const items: Shorthand[] = [];
  do {
    reader.match(/\s*/);
    if (reader.peek() === "]") break;
    if (reader.take("{")) {
      items.push(readEntries(reader, "}"));
      reader.expect("}");
    } else if (reader.take("[")) items.push(readList(reader));
    else items.push(readScalar(reader, true));
    reader.match(/\s*/);
  } while (reader.take(","));
  reader.expect("]");
  return items;
};

const readScalar = (reader: Reader, nested: boolean): string => {
  const quoted = reader.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/);
  if (quoted !== undefined) return quoted.slice(1, -1).replace(/\\(["'\\])/g, "$1");
  // At the top a brace or bracket is an ordinary character of a value, such as a URL's.
  const bare = reader.match(nested ? /(?:\\,|[^,\]}])+/ : /(?:\\,|[^,])+/) ?? "";
  return bare.trimEnd().replaceAll("\\,", ",");
};
