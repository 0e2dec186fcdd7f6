/** The texts of documents this process has made itself. */
const texts = new WeakMap<Uint8Array, string>();

/** A value as JSON, in bytes: nobody in this process has to decode or check them again. */
export const jsonBytes = (value: object): Buffer => {
  const text = JSON.stringify(value);
  const bytes = Buffer.from(text);
  texts.set(bytes, text);
  return bytes;
};

/** The text of bytes that are known to be JSON. */
export const knownJson = (bytes: Uint8Array): string | undefined => texts.get(bytes);
