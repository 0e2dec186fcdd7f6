import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { text } from "node:stream/consumers";
import { LaunchFailed } from "./progress.ts";

const TIMEOUT_MS = 30_000;

/** Asks the application as a browser would, and answers what it says. Throws `LaunchFailed` when it refuses. */
export const ask = async (url: string): Promise<string> => {
  const { status, body } = await get(new URL(url));
  if (status !== 200) throw new LaunchFailed(`${url} answered ${status}: ${body}`, "aloft logs");
  return body;
};

/** A plain GET, to any port. fetch refuses some that people use. */
export const get = (url: URL, timeoutMs = TIMEOUT_MS): Promise<{ readonly status: number; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const options = { timeout: timeoutMs, ...(url.hostname.endsWith(".localhost") ? { lookup: loopback } : {}) };
    const request = send(url, options, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    request.once("timeout", () =>
      request.destroy(new Error(`${url.href} did not answer within ${timeoutMs / 1000} s`)),
    );
    request.once("error", reject);
    request.end();
  });

/** Browsers and curl know that names below localhost are this machine; the resolvers of some systems do not. */
const loopback: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};
