import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ImportRecord } from "./records.ts";

/** The bytes of an object as they were before they were packed. */
export const unpacked = (body: Readable, compression: ImportRecord["compression"]): Readable => {
  if (compression === "GZIP") return body.pipe(createGunzip());
  return compression === "ZSTD" ? Readable.from(unzstd(body)) : body;
};

/** Node's own zlib knows Zstandard only since 22.15. */
async function* unzstd(body: Readable): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import("fzstd");
  let ready: Uint8Array[] = [];
  const stream = new Decompress((piece) => ready.push(Uint8Array.from(piece)));
  for await (const piece of body) {
    stream.push(piece);
    yield* ready;
    ready = [];
  }
  stream.push(new Uint8Array(), true);
  yield* ready;
}
