import type { Key, KeyPart, KeyRange } from "./records.ts";

/** Bounds of a scan over encoded keys: `from` is included, `to` is not. */
export interface EncodedRange {
  readonly from: string;
  readonly to: string;
}

/**
 * Encodes a key as text whose UTF-8 bytes order as the keys do, and which holds no NUL (the database would end it there).
 *
 * Each part opens with a printable tag. Inside a tuple strings and bytes end with a terminator smaller than any of their
 * characters, so that `["a", "b"]` comes before `["ab"]`; numbers have a fixed width.
 */
export const encodeKey = (key: Key): string => {
  if (typeof key === "string") return BARE_STRING + escapeText(key);
  if (typeof key === "number") return BARE_NUMBER + encodeNumber(key);
  if (key instanceof Uint8Array) return BARE_BYTES + escapeText(latin1Of(key));
  return encodeTuple(key);
};

/** The key that `encodeKey` was given. */
export const decodeKey = (encoded: string): Key => {
  const tag = encoded.charAt(0);
  if (tag === BARE_STRING) return unescapeText(encoded.slice(1));
  if (tag === BARE_NUMBER) return decodeNumber(encoded, 1);
  if (tag === BARE_BYTES) return Buffer.from(unescapeText(encoded.slice(1)), "latin1");
  return decodeTuple(encoded);
};

/** The scan that finds exactly the keys of a range. */
export const encodeRange = (range: KeyRange): EncodedRange => {
  let { from, to } = EVERYTHING;
  const raise = (bound: string) => {
    if (isBefore(from, bound)) from = bound;
  };
  const lower = (bound: string) => {
    if (isBefore(bound, to)) to = bound;
  };
  if (range.prefix !== undefined && range.prefix.length > 0) {
    const prefix = encodeTuple(range.prefix);
    raise(prefix);
    lower(prefix + AFTER_ANY_TAG);
  }
  if (range.gte !== undefined) raise(encodeKey(range.gte));
  if (range.gt !== undefined) raise(successor(encodeKey(range.gt)));
  if (range.lt !== undefined) lower(encodeKey(range.lt));
  if (range.lte !== undefined) lower(successor(encodeKey(range.lte)));
  return { from, to };
};

/** The least text after an encoded key: what follows a key is a tag, an escape or a character, all of them greater. */
export const successor = (encoded: string): string => encoded + TERMINATOR;

/** The key of nothing in a tuple. */
const EMPTY_TUPLE = "$";
const BARE_NUMBER = "!";
const BARE_STRING = '"';
const BARE_BYTES = "#";
const NUMBER = "n";
const STRING = "s";
const BYTES = "b";
const AFTER_ANY_TAG = "~";
const EVERYTHING: EncodedRange = { from: "", to: AFTER_ANY_TAG };

const TERMINATOR = "\u0001";
/** NUL, the terminator and the escape itself are written as the escape and a digit. */
const ESCAPE = "\u0002";
const MAX_SPECIAL = 2;
const REPLACEMENT = "\ufffd";
// A lone surrogate has no UTF-8 form: it is replaced here as every UTF-8 encoder would.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not appear as themselves.
const SPECIAL = /[\u0000-\u0002]|\p{Surrogate}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences written above.
const ESCAPED = /\u0002([012])/g;
/** Without the `u` flag, so that the common case is one quick scan; pairs are found too and then left alone. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const MAYBE_SPECIAL = /[\u0000-\u0002\ud800-\udfff]/;
const SURROGATE = /[\ud800-\udfff]/;

const encodeTuple = (parts: readonly KeyPart[]): string => {
  let encoded = "";
  for (const part of parts) encoded += encodePart(part);
  return encoded === "" ? EMPTY_TUPLE : encoded;
};

const encodePart = (part: KeyPart): string => {
  if (typeof part === "string") return STRING + escapeText(part) + TERMINATOR;
  if (typeof part === "number") return NUMBER + encodeNumber(part);
  return BYTES + escapeText(latin1Of(part)) + TERMINATOR;
};

const decodeTuple = (encoded: string): readonly KeyPart[] => {
  const parts: KeyPart[] = [];
  if (encoded === EMPTY_TUPLE) return parts;
  let at = 0;
  while (at < encoded.length) {
    const tag = encoded.charAt(at);
    if (tag === NUMBER) {
      parts.push(decodeNumber(encoded, at + 1));
      at += 1 + NUMBER_WIDTH;
      continue;
    }
    const end = encoded.indexOf(TERMINATOR, at);
    if (end < 0) throw new RangeError(`not an encoded key: ${JSON.stringify(encoded)}`);
    const text = unescapeText(encoded.slice(at + 1, end));
    parts.push(tag === STRING ? text : Buffer.from(text, "latin1"));
    at = end + 1;
  }
  return parts;
};

const escapeText = (text: string): string => {
  if (!MAYBE_SPECIAL.test(text)) return text;
  return SURROGATE.test(text) ? text.replace(SPECIAL, escapeCharacter) : escapeControls(text);
};

const escapeCharacter = (character: string): string => {
  const code = character.charCodeAt(0);
  return code > MAX_SPECIAL ? REPLACEMENT : ESCAPE + code;
};

/** Encoded numbers hold such characters nearly always, and walking them is cheaper than a replacement by pattern. */
const escapeControls = (text: string): string => {
  let escaped = "";
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > MAX_SPECIAL) continue;
    escaped += text.slice(from, at) + ESCAPE + code;
    from = at + 1;
  }
  return escaped + text.slice(from);
};

const unescapeText = (text: string): string =>
  text.includes(ESCAPE) ? text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number(code))) : text;

const latin1Of = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString("latin1");

/** 64 bits in digits of six. */
const NUMBER_WIDTH = 12;
const FIRST_DIGIT = 0x30;
const scratch = new DataView(new ArrayBuffer(8));
const SIGN = 0x8000_0000;

/** The bits of a double order as the numbers do once the sign is turned over, and all bits of the negative ones. */
const encodeNumber = (value: number): string => {
  if (Number.isNaN(value)) throw new RangeError("NaN cannot be part of a key: it has no place in an order");
  scratch.setFloat64(0, value === 0 ? 0 : value);
  const high = scratch.getUint32(0);
  const low = scratch.getUint32(4);
  return high >= SIGN ? digits(~high) + digits(~low) : digits(high ^ SIGN) + digits(low);
};

const digits = (word: number): string =>
  String.fromCharCode(
    FIRST_DIGIT + (word >>> 30),
    FIRST_DIGIT + ((word >>> 24) & 63),
    FIRST_DIGIT + ((word >>> 18) & 63),
    FIRST_DIGIT + ((word >>> 12) & 63),
    FIRST_DIGIT + ((word >>> 6) & 63),
    FIRST_DIGIT + (word & 63),
  );

const decodeNumber = (encoded: string, at: number): number => {
  const high = wordAt(encoded, at);
  const low = wordAt(encoded, at + NUMBER_WIDTH / 2);
  const positive = high >= SIGN;
  scratch.setUint32(0, positive ? high ^ SIGN : ~high);
  scratch.setUint32(4, positive ? low : ~low);
  return scratch.getFloat64(0);
};

const wordAt = (encoded: string, at: number): number => {
  let word = 0;
  for (let index = at; index < at + NUMBER_WIDTH / 2; index++)
    word = (word << 6) | (encoded.charCodeAt(index) - FIRST_DIGIT);
  return word >>> 0;
};

/** Orders encoded texts by their UTF-8 bytes. Both are made of the same alphabet, so only surrogate pairs need care. */
const isBefore = (left: string, right: string): boolean => {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return utf8Rank(a) < utf8Rank(b);
  }
  return left.length < right.length;
};

/** Surrogates stand for characters beyond U+FFFF, which come after U+E000 to U+FFFF in UTF-8 but before them in UTF-16. */
const utf8Rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
