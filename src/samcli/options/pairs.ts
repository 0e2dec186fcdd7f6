/** `Key=Value` pairs, apart at spaces or commas; either side may stand in quotes, and a backslash takes the next character as it is. */
export const pairsIn = (text: string, apart: " " | ","): readonly (readonly [string, string])[] => {
  const pattern = new RegExp(`(?:^|[${apart}\\s])("[^"]*"|'[^']*'|[^\\s=${apart}"']+)=(${VALUE(apart)})`, "gs");
  return [...text.matchAll(pattern)].map(([, key = "", value = ""]) => [unquoted(key), unquoted(value)]);
};

/** In quotes whole, or up to the next divider; quotes may also stand in its midst. */
const VALUE = (apart: string): string =>
  `"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'|(?:\\\\.|[^${apart === " " ? "\\s" : ","}\\\\])*`;

/** Without quotes around it, and without the backslashes before spaces and quotes. */
export const unquoted = (text: string): string => {
  const [, , inner = text] = /^(["'])(.*)\1$/s.exec(text) ?? [];
  return inner.replace(/\\([ "'])/g, "$1");
};
