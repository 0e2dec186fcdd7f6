/** JSON, or the text itself where it is none: AWS compares a body that is plain text as such. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, which is nothing wrong with a message.
    return text;
  }
};
