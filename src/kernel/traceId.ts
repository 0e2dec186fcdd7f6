import { createHash } from "node:crypto";
import type { Ids } from "./ids.ts";

/** The `X-Amzn-Trace-Id` of a request that begins at a time, in milliseconds, and brought none. */
export const newTraceId = (ids: Ids, time: number): string =>
  `Root=1-${Math.floor(time / 1000).toString(16)}-${ids.hex(24)}`;

/** The trace of work that has a UUID, which who knows the work can tell by itself. */
export const traceOfWork = (uuid: string, startedAt: number): string =>
  `Root=1-${Math.floor(startedAt / 1000).toString(16)}-${uuid.replaceAll("-", "").slice(-24)}`;

/** The id in its trace of a part of the work that has a UUID. */
export const segmentOf = (uuid: string): string => uuid.replaceAll("-", "").slice(0, 16);

/** The same of work that has a name of its own in place of a UUID. */
export const segmentOfNamed = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 16);

/** The same trace for what is called from within one of its parts. Who decided whether it is sampled decided it for all of it. */
export const within = (traceId: string, segment: string): string => {
  const sampled = /;Sampled=[^;]+/.exec(traceId)?.[0] ?? "";
  return `Root=${traceRoot(traceId)};Parent=${segment}${sampled}`;
};

/** The trace that a header names; undefined where it names none. */
export const givenTraceId = (header: string | undefined): string | undefined =>
  header?.includes("Root=") ? header : undefined;

/** What all that belongs to one trace has in common: its root, without the parents in between. */
export const traceRoot = (traceId: string): string => /Root=([^;]+)/.exec(traceId)?.[1] ?? traceId;

/** The part of the work that led to a request, where its header names one. */
export const parentOf = (traceId: string): string | undefined => /Parent=([^;]+)/.exec(traceId)?.[1];

/** Whether X-Ray is told of a trace, where that has been decided. */
export const isSampled = (traceId: string): boolean | undefined => {
  const decided = /Sampled=([01])/.exec(traceId)?.[1];
  return decided === undefined ? undefined : decided === "1";
};

/** The same trace with that decision, for all that belongs to it. */
export const sampledAs = (traceId: string, decision: boolean): string => {
  const [, head = traceId, tail = ""] = /^((?:Root|Parent)=[^;]*(?:;Parent=[^;]*)?)(.*)$/.exec(traceId) ?? [];
  return `${head};Sampled=${decision ? 1 : 0}${tail.replace(/;Sampled=[^;]*/, "")}`;
};
