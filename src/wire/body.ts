import type { Readable } from "node:stream";
import { AwsError } from "../kernel/errors.ts";

/** The largest body that is held in memory: Lambda's largest inline zip, base64 in JSON, with room to spare. */
export const MAX_BUFFERED_BYTES = 96 * 1024 * 1024;

/** All of a body, or AWS's refusal when there is too much of it. */
export const readBody = async (stream: Readable, maxBytes = MAX_BUFFERED_BYTES): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  // Giving up must not destroy the request: the refusal goes back by the same connection.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes)
      throw new AwsError("RequestEntityTooLargeException", `Request must be smaller than ${maxBytes} bytes.`, 413);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
};
