import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLError,
} from "yaml";
import { yamlFileError } from "../failure.ts";

/** A place in a buildspec: what is there, and on which line. */
export interface Place {
  /** The name AWS's messages give it, such as `commands`. */
  readonly name: string;
  readonly line: number;
  readonly isEmpty: boolean;
  /** The entries of a map, in their order; AWS's error when it is none. */
  entries(): ReadonlyMap<string, Place>;
  /** The items of a sequence. */
  items(): readonly Place[];
  /** The items of a sequence of texts; AWS: a text by itself is a sequence of one, as CDK writes `files`. */
  texts(): readonly string[];
  /** A scalar as it is written: `010` stays `010`. */
  text(): string;
  /** `yes`, `no`, `true`, `false`. */
  flag(): boolean;
}

/** The root of a YAML text. Throws YAML_FILE_ERROR, worded as CodeBuild's parser does, with the line. */
export const readYaml = (text: string): Place => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
  const [error] = document.errors;
  if (error) throw yamlFileError(`${wordingOf(error)} at line ${lines.linePos(error.pos[0]).line}`);
  return placeOf({ document, lines }, "buildspec", document.contents);
};

interface Source {
  readonly document: Document;
  readonly lines: LineCounter;
}

const placeOf = (source: Source, name: string, given: unknown, atLine = 0): Place => {
  const node = isAlias(given) ? given.resolve(source.document) : given;
  const line = lineOf(source, given) ?? atLine;
  const wrong = (kind: string) => yamlFileError(`Expected ${name} to be of ${kind} type: ${foundIn(node, line)}`);
  const isEmpty = node === null || node === undefined || (isScalar(node) && node.value === null);
  const text = (): string => {
    if (isEmpty) return "";
    if (!isScalar(node)) throw wrong("string");
    return node.type === "PLAIN" && node.source !== undefined ? node.source : String(node.value);
  };
  const items = (): readonly Place[] => {
    if (isEmpty) return [];
    if (!isSeq(node)) throw wrong("list");
    const item = (index: number) => `${name.charAt(0).toUpperCase()}${name.slice(1)}[${index}]`;
    return node.items.map((value, index) => placeOf(source, item(index), value, line));
  };
  return {
    name,
    line,
    isEmpty,
    entries: () => {
      if (isEmpty) return new Map();
      if (!isMap(node)) throw wrong("map");
      return new Map(node.items.flatMap((pair) => entriesOf(source, pair)));
    },
    items,
    texts: () => (isScalar(node) && !isEmpty ? [text()] : items().map((item) => item.text())),
    text,
    flag: () => isScalar(node) && /^(yes|true|on)$/i.test(String(node.value)),
  };
};

/** A merge key (`<<: *defaults`) stands for the entries of the map it names; written entries come later and win. */
const entriesOf = (source: Source, { key, value }: Pair<unknown, unknown>): readonly (readonly [string, Place])[] => {
  const name = isScalar(key) ? String(key.source ?? key.value) : String(key);
  const place = placeOf(source, name, value, lineOf(source, key) ?? 0);
  return name === "<<" ? [...place.entries()] : [[name, place]];
};

const lineOf = ({ lines }: Source, node: unknown): number | undefined => {
  const offset = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
  return offset === undefined ? undefined : lines.linePos(offset).line;
};

/** AWS: the usual cause is `- echo "Hello: world"`, which YAML reads as a map; hence the hint about the line before. */
const foundIn = (node: unknown, line: number): string =>
  isMap(node) || isSeq(node)
    ? `found subkeys instead at line ${line}, value of the key tag on line ${line - 1} might be empty`
    : `found a value instead at line ${line}`;

/** The wording of libyaml, on which CodeBuild's parser is built. */
const wordingOf = (error: YAMLError): string => {
  switch (error.code) {
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
    case "BLOCK_IN_FLOW":
      return "mapping values are not allowed in this context";
    case "TAB_AS_INDENT":
      return "found character that cannot start any token";
    case "BAD_INDENT":
      return error.message.startsWith("Flow") ? unclosed(error.message) : "did not find expected '-' indicator";
    case "MISSING_CHAR":
      return error.message.includes("quote") ? "found unexpected end of stream" : unclosed(error.message);
    case "DUPLICATE_KEY":
      return "key already set in map";
    default:
      return error.message.split("\n", 1)[0]?.replace(/ at line \d+.*$/, "") ?? error.code;
  }
};

const unclosed = (message: string): string => `did not find expected ',' or '${/map|}/.test(message) ? "}" : "]"}'`;
