import type { Ids } from "./ids.ts";

/** The `X-Amzn-Trace-Id` of a request that begins at a time, in milliseconds, and brought none. */
export const newTraceId = (ids: Ids, time: number): string =>
  `Root=1-${Math.floor(time / 1000).toString(16)}-${ids.hex(24)}`;

/** The trace that a header names; undefined where it names none. */
export const givenTraceId = (header: string | undefined): string | undefined =>
  header?.includes("Root=") ? header : undefined;

/** What all that belongs to one trace has in common: its root, without the parents in between. */
export const traceRoot = (traceId: string): string => /Root=([^;]+)/.exec(traceId)?.[1] ?? traceId;
