/** What is wrong with a text as JSON; undefined where it is right. */
export const problemIn = (text: string): string | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "This is no JSON.";
  }
};

/** JSON on lines of its own; any other text as it is. */
export const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Texts need not be JSON.
    return text;
  }
};
