import { createHash } from "node:crypto";
import { BlobTooLarge, type WrittenBlob } from "./blobs.ts";

/** Names the bytes that pass through, and stops them when there are too many. */
export interface BlobDigest {
  update(bytes: Uint8Array): void;
  finish(): WrittenBlob;
}

/** Throws `BlobTooLarge` from `update` at the byte that is one too many. */
export const createBlobDigest = (maxBytes = Number.POSITIVE_INFINITY): BlobDigest => {
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  let size = 0;
  return {
    update: (bytes) => {
      size += bytes.length;
      if (size > maxBytes) throw new BlobTooLarge(maxBytes);
      sha256.update(bytes);
      md5.update(bytes);
    },
    finish: () => ({ sha256: sha256.digest("hex"), md5: md5.digest("hex"), size }),
  };
};
