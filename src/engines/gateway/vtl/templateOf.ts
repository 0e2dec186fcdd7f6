import { parseTemplate, UnreadableTemplate } from "./render.ts";

/** Templates that were read, by their text: a deployed method uses the same ones for every request. */
const read = new Map<string, ReturnType<typeof parseTemplate>>();
const MAX_READ = 500;

/** A template by its text, read at its first use. Throws UnreadableTemplate. */
export const templateOf = (text: string): ReturnType<typeof parseTemplate> => {
  const known = read.get(text);
  if (known) return known;
  const template = parseTemplate(text);
  if (read.size >= MAX_READ) read.clear();
  read.set(text, template);
  return template;
};

/** Why AWS takes no such template; undefined where it can be read. */
export const templateFault = (text: string): string | undefined => {
  try {
    templateOf(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error;
    return `Invalid mapping template specified: ${error.message}`;
  }
};
