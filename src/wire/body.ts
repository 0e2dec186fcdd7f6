import type { Readable } from "node:stream";
import { gunzipSync, inflateSync } from "node:zlib";
import { AwsError } from "../kernel/errors.ts";
import { serializationError } from "./errors.ts";

/** The largest body that is held in memory: Lambda's largest inline zip, base64 in JSON, with room to spare. */
export const MAX_BUFFERED_BYTES = 96 * 1024 * 1024;

/**
 * All of a body, or AWS's refusal when there is too much of it.
 * By listeners, since this is on every request's way and a stream's iterator costs as much as a signature check.
 */
export const readBody = (stream: Readable, maxBytes = MAX_BUFFERED_BYTES): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const leave = () => {
      stream.off("data", take).off("end", finish).off("error", broken).off("close", cutShort);
    };
    const finish = () => {
      leave();
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    };
    const fail = (error: Error) => {
      leave();
      // Giving up must not destroy the request: the refusal goes back by the same connection.
      stream.pause();
      reject(error);
    };
    // What a client does is no bug of ours, and nobody is left to read the refusal.
    const cutShort = () =>
      fail(new AwsError("IncompleteBody", "The client went away before its request was whole.", 400));
    const broken = (error: Error) => ("code" in error && error.code === "ECONNRESET" ? cutShort() : fail(error));
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else fail(tooLarge(maxBytes));
    };
    stream.on("data", take).on("end", finish).on("error", broken).on("close", cutShort);
  });

const tooLarge = (maxBytes: number) =>
  new AwsError("RequestEntityTooLargeException", `Request must be smaller than ${maxBytes} bytes.`, 413);

/** AWS: SDKs compress what operations such as PutMetricData send; the signature is of the compressed bytes. */
export const unpacked = (body: Buffer, encoding: string | undefined, maxBytes = MAX_BUFFERED_BYTES): Buffer => {
  if (encoding !== "gzip" && encoding !== "deflate") return body;
  const unpack = encoding === "gzip" ? gunzipSync : inflateSync;
  try {
    return unpack(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw serializationError("The request body is not what its Content-Encoding says.");
  }
};
