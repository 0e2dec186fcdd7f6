/** Raw text, comments and escapes, which stay as they are; and references named by a word that stands for an operator. */
const REFERENCES = /#\[\[.*?\]\]#|#\*.*?\*#|##[^\n]*|\\\$|(\$!?\{?)(and|eq|ge|gt|in|le|lt|ne|not|or)\b/gs;

/**
 * A template whose references may be called `$in` or `$or`: Velocity takes them, where the parser takes the word for the
 * operator that it is elsewhere. They get other names, which nothing outside of the template sees.
 */
export const withoutReservedNames = (template: string): string =>
  template.replace(REFERENCES, (whole, sign: string | undefined, word: string | undefined) =>
    sign === undefined || word === undefined ? whole : `${sign}${word}_reference`,
  );
