import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";

/** The text of a body. It comes whole from within, and may come as a stream over the wire. */
export const textOf = async (body: Readable | Uint8Array): Promise<string> =>
  (body instanceof Readable ? await buffer(body) : Buffer.from(body)).toString();
