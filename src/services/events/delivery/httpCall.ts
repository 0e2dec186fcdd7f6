import { AwsError } from "../../../kernel/errors.ts";
import { INVOCATION_TIMEOUT_MS } from "../limits.ts";
import type { Room } from "../room.ts";

interface HttpCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An address that will not be asked again. */
export class CallRefused extends AwsError {}

/** Asks an address of this machine. Differs: anything farther is refused, since nothing here may speak to the world. */
export const callHttp = async (room: Room, call: HttpCall, signal: AbortSignal): Promise<Response> => {
  const url = new URL(room.localAddress(call.url));
  if (!LOOPBACK.test(url.hostname))
    throw new CallRefused("SDK_CLIENT_ERROR", `${url.hostname} is not on this machine, and EventBridge asks no other`);
  for (const [name, value] of Object.entries(call.query)) url.searchParams.set(name, value);
  return fetch(url, {
    method: call.method,
    headers: { ...call.headers, "user-agent": "Amazon/EventBridge/ApiDestinations" },
    ...(BODILESS.has(call.method) ? {} : { body: call.body }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(INVOCATION_TIMEOUT_MS)]),
  });
};

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
const BODILESS: ReadonlySet<string> = new Set(["GET", "HEAD"]);
