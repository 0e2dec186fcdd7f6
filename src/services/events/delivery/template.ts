/** The placeholders of an input template, by name. */
export const placeholdersOf = (template: string): readonly string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);

const PLACEHOLDER = /<([A-Za-z0-9._-]+)>/g;

/** What a template of strings begins with; the others are JSON documents. */
const STRINGS = /^\s*"/;
const DOCUMENT = /^\s*[{[]/;

/** A template with its placeholders filled. AWS: one that is to be a document and is none then goes nowhere: undefined. */
export const fillTemplate = (template: string, resolve: (name: string) => unknown): string | undefined => {
  const isStrings = STRINGS.test(template);
  const filled = template.replace(PLACEHOLDER, (_placeholder, name: string, offset: number) => {
    const value = resolve(name) ?? "";
    if (!isQuoted(template, offset)) return JSON.stringify(value);
    if (typeof value === "string") return JSON.stringify(value).slice(1, -1);
    // AWS: within strings, documents lose their quotes; within a document they keep them, and break it.
    return isStrings ? JSON.stringify(value).replaceAll('"', "") : JSON.stringify(value);
  });
  return !DOCUMENT.test(template) || isJson(filled) ? filled : undefined;
};

/** A placeholder stands within a string when an odd number of quotes comes before it. */
const isQuoted = (template: string, offset: number): boolean =>
  (template.slice(0, offset).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Whoever asks drops it.
    return false;
  }
};
