import { createHash } from "node:crypto";
import { isJsonObject, type JsonValue } from "../../kernel/json.ts";
import { StateFailure } from "./failure.ts";
import { readPath, type Scope } from "./path.ts";

/** Where intrinsic functions take chance from. */
export interface Chance {
  uuid(): string;
  /** At least 0 and less than 1. */
  random(): number;
}

export const intrinsicFailure = (cause: string) => new StateFailure("States.IntrinsicFailure", cause);

/** The value of `States.Format('Hello, {}', $.name)` and its like. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export const callIntrinsic = (text: string, scope: Scope, chance: Chance): JsonValue => {
  const reader = new Reader(text, scope, chance);
  const value = reader.call(0);
  reader.end();
  return value;
};

const MAX_DEPTH = 10;

class Reader {
  private at = 0;
  private readonly text: string;
  private readonly scope: Scope;
  private readonly chance: Chance;

  constructor(text: string, scope: Scope, chance: Chance) {
    this.text = text;
    this.scope = scope;
    this.chance = chance;
  }

  call(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw this.wrong("intrinsic functions are nested too deeply");
    const name = this.take(/States\.(\w+)/y) ?? "";
    const run = Object.hasOwn(FUNCTIONS, name.slice("States.".length))
      ? FUNCTIONS[name.slice("States.".length)]
      : undefined;
    if (!run) throw this.wrong(`there is no function of the name '${name}'`);
    this.take(/\s*\(\s*/y, "'('");
    const args: JsonValue[] = [];
    while (this.take(/\s*\)/y) === undefined) {
      if (args.length > 0) this.take(/\s*,\s*/y, "','");
      args.push(this.argument(depth));
    }
    return run(args, this.chance);
  }

  end(): void {
    if (this.take(/\s*$/y) === undefined) throw this.wrong("there is text after the function");
  }

  private argument(depth: number): JsonValue {
    this.take(/\s*/y);
    if (this.text.startsWith("States.", this.at)) return this.call(depth + 1);
    const quoted = this.take(/'(?:[^'\\]|\\.)*'/y);
    // Format itself tells an escaped brace from a place.
    if (quoted !== undefined) return quoted.slice(1, -1).replace(/\\(['\\])/g, "$1");
    const number = this.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return Number(number);
    const word = this.take(/(?:true|false|null)\b/y);
    if (word !== undefined) return JSON.parse(word);
    const path = this.take(/\$(?:\[(?:'(?:[^'\\]|\\.)*'|[^\]])*\]|[^,()\s[]|\((?:[^()]*)\))*/y);
    if (path === undefined) throw this.wrong("an argument was expected");
    const value = readPath(path, this.scope);
    if (value === undefined)
      throw new StateFailure(
        "States.Runtime",
        `The JsonPath argument for the field '${path}' could not be found in the input '${JSON.stringify(this.scope.input)}'`,
      );
    return value;
  }

  private take(pattern: RegExp, expected?: string): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    else if (expected !== undefined) throw this.wrong(`${expected} was expected`);
    return match;
  }

  private wrong(why: string) {
    return intrinsicFailure(`The function '${this.text}' is not valid at ${this.at}: ${why}.`);
  }
}

type Intrinsic = (args: readonly JsonValue[], chance: Chance) => JsonValue;

const bad = (name: string) => intrinsicFailure(`Invalid arguments in States.${name}`);

const text = (name: string, value: JsonValue | undefined): string => {
  if (typeof value !== "string") throw bad(name);
  return value;
};

const list = (name: string, value: JsonValue | undefined): readonly JsonValue[] => {
  if (!Array.isArray(value)) throw bad(name);
  return value;
};

const integer = (name: string, value: JsonValue | undefined): number => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw bad(name);
  // AWS rounds a number that is no integer.
  return Math.round(value);
};

const MAX_RANGE = 1000;
const MAX_BASE64_LENGTH = 10_000;
const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

const same = (a: JsonValue, b: JsonValue): boolean => canonical(a) === canonical(b);

/** JSON with sorted members, so that equal values are equal texts. */
const canonical = (value: JsonValue): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

const format: Intrinsic = ([template, ...values]) => {
  let next = 0;
  const made = text("Format", template).replace(/\\([{}])|\{\}/g, (_all, escaped?: string) => {
    if (escaped) return escaped;
    const value = values[next++];
    if (value === undefined) throw bad("Format");
    return formatted(value);
  });
  if (next !== values.length) throw bad("Format");
  return made;
};

/** AWS: as its own language writes a value as text. */
const formatted = (value: JsonValue): string => {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => formatted(item)).join(", ")}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.entries(value).map(([name, inner]) => `${name}=${formatted(inner)}`);
  return `{${members.join(", ")}}`;
};

const partition: Intrinsic = ([value, size]) => {
  const items = list("ArrayPartition", value);
  const step = integer("ArrayPartition", size);
  if (step < 1) throw bad("ArrayPartition");
  return Array.from({ length: Math.ceil(items.length / step) }, (_, i) => items.slice(i * step, (i + 1) * step));
};

const range: Intrinsic = ([from, to, by]) => {
  const [first, last, step] = [from, to, by].map((value) => integer("ArrayRange", value));
  if (first === undefined || last === undefined || !step) throw bad("ArrayRange");
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE) throw intrinsicFailure(`States.ArrayRange makes more than ${MAX_RANGE} elements`);
  return Array.from({ length }, (_, index) => first + index * step);
};

const base64 = (name: string, value: JsonValue | undefined): string => {
  const given = text(name, value);
  if (given.length > MAX_BASE64_LENGTH) throw bad(name);
  return given;
};

const hash: Intrinsic = ([value, algorithm]) => {
  const known = ALGORITHMS[text("Hash", algorithm)];
  if (known === undefined || value === undefined) throw bad("Hash");
  return createHash(known)
    .update(typeof value === "string" ? value : JSON.stringify(value))
    .digest("hex");
};

const merge: Intrinsic = ([first, second, deep]) => {
  if (!isJsonObject(first) || !isJsonObject(second)) throw bad("JsonMerge");
  if (deep !== false)
    throw intrinsicFailure("States.JsonMerge supports only shallow merging: its third argument must be false");
  return { ...first, ...second };
};

/** The same numbers for the same seed. */
const seeded = (seed: number): number => {
  const bytes = createHash("sha256").update(String(seed)).digest();
  return bytes.readUInt32BE(0) / 2 ** 32;
};

const random: Intrinsic = ([from, to, seed], chance) => {
  const first = integer("MathRandom", from);
  const end = integer("MathRandom", to);
  if (end <= first) throw bad("MathRandom");
  const roll = seed === undefined ? chance.random() : seeded(integer("MathRandom", seed));
  return first + Math.floor(roll * (end - first));
};

const parse: Intrinsic = ([value]) => {
  const given = text("StringToJson", value);
  // AWS: nothing is read as null.
  if (given.trim() === "") return null;
  try {
    return JSON.parse(given);
  } catch {
    throw intrinsicFailure("Invalid JSON in States.StringToJson");
  }
};

const FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  Format: format,
  StringToJson: parse,
  JsonToString: ([value]) => {
    if (value === undefined) throw bad("JsonToString");
    return JSON.stringify(value);
  },
  Array: (args) => args,
  ArrayPartition: partition,
  ArrayContains: ([value, looked]) =>
    list("ArrayContains", value).some((item) => looked !== undefined && same(item, looked)),
  ArrayRange: range,
  ArrayGetItem: ([value, index]) => {
    const item = list("ArrayGetItem", value)[integer("ArrayGetItem", index)];
    if (item === undefined) throw bad("ArrayGetItem");
    return item;
  },
  ArrayLength: ([value]) => list("ArrayLength", value).length,
  ArrayUnique: ([value]) => {
    const items = list("ArrayUnique", value);
    return items.filter((item, index) => items.findIndex((other) => same(item, other)) === index);
  },
  Base64Encode: ([value]) => Buffer.from(base64("Base64Encode", value)).toString("base64"),
  Base64Decode: ([value]) => Buffer.from(base64("Base64Decode", value), "base64").toString(),
  Hash: hash,
  JsonMerge: merge,
  MathRandom: random,
  MathAdd: ([a, b]) => integer("MathAdd", a) + integer("MathAdd", b),
  StringSplit: ([value, splitter]) => {
    // AWS: each character of the splitter splits by itself, and nothing between two of them is left out.
    const marks = [...text("StringSplit", splitter)];
    const parts: string[] = [""];
    for (const character of text("StringSplit", value))
      if (marks.includes(character)) parts.push("");
      else parts.push(`${parts.pop() ?? ""}${character}`);
    return parts.filter((part) => part !== "");
  },
  UUID: (_args, chance) => chance.uuid(),
};
