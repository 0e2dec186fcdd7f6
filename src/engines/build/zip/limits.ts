/** Bounds on what an archive may unpack to. */
export interface UnpackLimits {
  readonly maxEntries: number;
  /** Of all files together, once unpacked. */
  readonly maxBytes: number;
}

export const DEFAULT_UNPACK_LIMITS: UnpackLimits = { maxEntries: 200_000, maxBytes: 4 * 1024 ** 3 };

/** An archive that is broken, reaches out of its folder, or is larger than it may be. */
export class UnsafeArchive extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnsafeArchive";
  }
}
