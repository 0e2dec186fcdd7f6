// Encoded words of RFC 2047, in which S3 carries metadata that is not US-ASCII:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata

const WORD = String.raw`=\?(?:utf-8|us-ascii|iso-8859-1)\?(?:b\?[a-z0-9+/]*={0,2}|q\?[^?\s]*)\?=`;
const WORDS = new RegExp(String.raw`(?<!\S)${WORD}(?:\s+${WORD})*(?!\S)`, "gi");

/** What a text says that may hold encoded words; blanks between two of them say nothing. What is none stays as it is. */
export const decodeWords = (text: string): string =>
  text.replace(WORDS, (words) => words.split(/\s+/).map(decodeWord).join(""));

const decodeWord = (word: string): string => {
  const [, charset = "", encoding = "", encoded = ""] = word.split("?");
  const bytes = encoding.toLowerCase() === "b" ? Buffer.from(encoded, "base64") : unquoted(encoded);
  return bytes.toString(charset.toLowerCase() === "utf-8" ? "utf8" : "latin1");
};

const unquoted = (text: string): Buffer => {
  const char = (_escape: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  return Buffer.from(text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, char), "latin1");
};

/** A text as one encoded word, unless it is all US-ASCII. AWS: in base 64 when something in it cannot be printed. */
export const encodeWord = (text: string): string => {
  if (/^[\t\x20-\x7e]*$/.test(text)) return text;
  const bytes = Buffer.from(text);
  if (/[\p{C}\ufffd]/u.test(text)) return `=?UTF-8?B?${bytes.toString("base64")}?=`;
  return `=?UTF-8?Q?${Array.from(bytes, quoted).join("")}?=`;
};

const quoted = (byte: number): string => {
  const char = String.fromCharCode(byte);
  if (char === " ") return "_";
  return /[!-<>@-^`-~]/.test(char) ? char : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
};
