import type { Blobs } from "./blobs.ts";
import type { RecordStore } from "./records.ts";

/** A store, open: what the whole cloud keeps. Disposing of it closes both halves. */
export interface OpenStore extends AsyncDisposable {
  readonly records: RecordStore;
  readonly blobs: Blobs;
}
