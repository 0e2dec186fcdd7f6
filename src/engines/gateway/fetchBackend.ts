import { request } from "node:http";
import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";

interface BackendRequest {
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Buffer;
  readonly signal: AbortSignal;
}

/**
 * Asks an HTTP backend; a redirect is its answer. Names below `localhost`, such as those of this cloud's function URLs
 * and APIs, are this machine, though the resolvers of some systems do not know them.
 */
export const fetchBackend = (url: string, { headers, ...init }: BackendRequest): Promise<Response> => {
  const target = new URL(url);
  return target.protocol === "http:" && LOCAL_NAME.test(target.hostname)
    ? askedHere(target, { headers, ...init })
    : fetch(target, { ...init, headers: headers.map(([name, value]) => [name, value]), redirect: "manual" });
};

const askedHere = (url: URL, { method, headers, body, signal }: BackendRequest): Promise<Response> =>
  new Promise((resolve, reject) => {
    const gathered: Record<string, string[]> = {};
    for (const [name, value] of headers) {
      const key = name.toLowerCase();
      gathered[key] = [...(gathered[key] ?? []), value];
    }
    const asked = request(url, { method, headers: gathered, signal, lookup: thisMachine }, (message) => {
      const { statusCode = 502, headersDistinct } = message;
      const received = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const empty = EMPTY_STATUSES.has(statusCode) || method === "HEAD";
      if (empty) message.resume();
      resolve(new Response(empty ? null : Readable.toWeb(message), { status: statusCode, headers: received }));
    });
    // As fetch tells it.
    asked.once("error", (cause) => reject(new TypeError("fetch failed", { cause })));
    asked.end(body);
  });

const EMPTY_STATUSES = new Set([204, 205, 304]);

/** Names that are this machine, whatever the system's resolver says. */
export const LOCAL_NAME = /\.localhost$/;

export const thisMachine: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};
