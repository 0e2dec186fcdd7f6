import { invalidArgument } from "./errors.ts";

/** How keys are written in a listing: as they are, or percent-encoded for characters that XML cannot carry. */
export type KeyEncoding = (text: string) => string;

export const keyEncoding = (type: string | undefined): KeyEncoding => {
  if (type === undefined) return (text) => text;
  if (type !== "url") throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
  return urlEncoded;
};

/** AWS: letters, digits and `-_.*` and `/` stand for themselves, and a space becomes a plus. */
const urlEncoded: KeyEncoding = (text) =>
  encodeURIComponent(text)
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
