import { invalidPartNumber, invalidRange } from "./errors.ts";
import type { ObjectRecord } from "./records.ts";

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes a Range header asks for, or undefined for all of them.
 * AWS: a header that is no single byte range is as if it were not there; one beyond the object is refused.
 */
export const rangeOf = (header: string | undefined, size: number): ByteRange | undefined => {
  const [, from = "", to = ""] = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (header === undefined || (from === "" && to === "")) return undefined;
  if (from === "") {
    const length = Math.min(Number(to), size);
    if (length === 0) throw invalidRange(header, size);
    return { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  if (to !== "" && Number(to) < start) return undefined;
  if (start >= size) throw invalidRange(header, size);
  return { start, end: to === "" ? size - 1 : Math.min(Number(to), size - 1) };
};

/** The bytes of one part of an object; an object that was uploaded whole has one. */
export const partRange = (
  { segments, size }: Pick<ObjectRecord, "segments" | "size">,
  partNumber: number,
): ByteRange => {
  // AWS: parts are counted anew from one, whatever numbers they were uploaded under.
  const part = segments[partNumber - 1];
  if (!part) throw invalidPartNumber(partNumber, segments.length);
  const start = segments.slice(0, partNumber - 1).reduce((sum, segment) => sum + segment.size, 0);
  return { start, end: Math.min(size, start + part.size) - 1 };
};

export const contentRange = ({ start, end }: ByteRange, size: number): string => `bytes ${start}-${end}/${size}`;
