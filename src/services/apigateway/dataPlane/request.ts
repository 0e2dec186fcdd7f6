import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import type { RestAddress } from "./address.ts";
import type { Journal } from "./journal.ts";
import type { Known } from "./known.ts";
import type { MethodMatch, MethodTarget, StageTable } from "./served.ts";

/** A request whose stage is known. */
export interface StagedRequest {
  readonly http: HttpRequest;
  readonly table: StageTable;
  readonly address: RestAddress;
  readonly accountId: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly sourceIp: string;
  readonly domainName: string;
  /** Takes down how the request fares, where that is logged. */
  readonly journal?: Journal;
}

/** A request on its way to an integration. */
export interface MethodRequest extends StagedRequest, Known {
  readonly match: MethodMatch;
  readonly traceId: string;
  readonly bytes: Buffer;
}

/** How a request ended. */
export interface Ran {
  readonly answer: HttpResponse;
  /** How long the integration took, in milliseconds, where the request came to it. */
  readonly integrationMs?: number;
  /** Whose method it was, where the request named one. */
  readonly target?: MethodTarget;
}

/** A header of a request, whatever the case of its name. */
export const headerOf = ({ headers }: Pick<MethodRequest, "headers">, name: string): string | undefined => {
  const lower = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === lower)?.[1];
};

/** Decoded names and values of a query, in order. */
export const queryPairs = (rawQuery: string): (readonly [string, string])[] =>
  rawQuery === "" ? [] : [...new URLSearchParams(rawQuery)];

/** The last value of each name, and all of them; null when there are none. */
export const lastAndAll = (pairs: readonly (readonly [string, string])[]) => {
  const last: Record<string, string> = {};
  const all: Record<string, string[]> = {};
  for (const [name, value] of pairs) {
    last[name] = value;
    all[name] = [...(Object.hasOwn(all, name) ? (all[name] ?? []) : []), value];
  }
  return pairs.length === 0 ? { last: null, all: null } : { last, all };
};

/** `12/Mar/2020:19:03:58 +0000` */
export const logTime = (time: number): string => {
  const [, day = "", month = "", year = "", clock = ""] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(time).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
};

/** Whether a content type is one of an API's binary media types. AWS: a star stands for anything, but not before the slash alone. */
export const isBinary = (types: readonly string[], contentType: string | undefined): boolean => {
  if (types.includes("*/*")) return true;
  const type = contentType?.split(",", 1)[0]?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const [family = "", kind = ""] = type.split("/");
  if (family === "" || family === "*" || kind === "") return false;
  return types.some((each) => each.toLowerCase() === type || each.toLowerCase() === `${family}/*`);
};
