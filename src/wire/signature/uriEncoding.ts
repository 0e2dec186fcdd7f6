/** Characters that AWS's URI encoding leaves alone; everything else becomes `%XX`, in capitals. */
const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;
const UNRESERVED_PATH = /^[A-Za-z0-9\-._~/]*$/;
const NEEDS_ENCODING = /[^A-Za-z0-9\-._~]+/g;
const NEEDS_ENCODING_IN_PATH = /[^A-Za-z0-9\-._~/]+/g;
const ESCAPED_OR_RESERVED = /(?:%[0-9A-Fa-f]{2})+|[^A-Za-z0-9\-._~]/gu;

/** Encodes text as AWS does for signing: every byte but letters, digits, `-`, `.`, `_` and `~`. */
export const uriEncode = (text: string): string =>
  UNRESERVED.test(text) ? text : text.replace(NEEDS_ENCODING, percentEncode);

/** The same for a path, whose slashes stay. */
export const uriEncodePath = (path: string): string =>
  UNRESERVED_PATH.test(path) ? path : path.replace(NEEDS_ENCODING_IN_PATH, percentEncode);

/** What is encoded already, however it was encoded, brought into the one form that is signed. */
export const uriReencode = (encoded: string): string =>
  UNRESERVED.test(encoded) ? encoded : encoded.replace(ESCAPED_OR_RESERVED, reencode);

/** The same for a path, segment by segment: a slash that was escaped stays escaped. */
export const uriReencodePath = (path: string): string =>
  UNRESERVED_PATH.test(path) ? path : path.split("/").map(uriReencode).join("/");

const reencode = (piece: string): string => {
  if (!ESCAPES.test(piece)) return percentEncode(piece);
  let bytes = "";
  for (let at = 1; at < piece.length; at += 3) {
    const byte = String.fromCharCode(Number.parseInt(piece.slice(at, at + 2), 16));
    bytes += UNRESERVED.test(byte) ? byte : piece.slice(at - 1, at + 2).toUpperCase();
  }
  return bytes;
};

const ESCAPES = /^%[0-9A-Fa-f]{2}/;

const percentEncode = (text: string): string => {
  let encoded = "";
  for (const byte of Buffer.from(text, "utf8")) encoded += PERCENT[byte];
  return encoded;
};

const PERCENT = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);
