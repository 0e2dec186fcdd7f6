/** What can be read in a row, however deep it lies. Asked for at every key that is pressed, so it is put together once. */
const texts = new WeakMap<object, string>();

const textOf = (row: object): string => {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = plain(Object.values(row).map(wordsOf).join("\n"));
  texts.set(row, text);
  return text;
};

const wordsOf = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? Object.values(value).map(wordsOf).join("\n")
    : value === undefined
      ? ""
      : String(value);

/** Whether a row has a text somewhere. */
export const holds = (row: object, text: string): boolean => textOf(row).includes(plain(text));

/** `CREATE_COMPLETE` and `InProgress` are found as they are shown: as "Create complete" and "In progress". */
const plain = (text: string): string => text.toLowerCase().replace(/[ _]/g, "");
