import { AwsError } from "../../kernel/errors.ts";
import { fetchBackend } from "./fetchBackend.ts";

export interface HttpCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a target says of how it is asked, beside the event. */
export interface HttpParameters {
  readonly pathValues?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** An address that will not be asked again. */
export class CallRefused extends AwsError {}

/** AWS: what has not answered by then has failed. */
const TIMEOUT_MS = 5000;

/** Asks an address of this machine. Differs: anything farther is refused, since nothing here may speak to the world. */
export const callHttp = async (
  { localAddress }: { readonly localAddress: (text: string) => string },
  call: HttpCall,
  signal: AbortSignal,
): Promise<Response> => {
  const url = new URL(localAddress(call.url));
  if (!LOOPBACK.test(url.hostname))
    throw new CallRefused("SDK_CLIENT_ERROR", `${url.hostname} is not on this machine, and EventBridge asks no other`);
  for (const [name, value] of Object.entries(call.query)) url.searchParams.set(name, value);
  return fetchBackend(url.href, {
    method: call.method,
    headers: Object.entries({ ...call.headers, "user-agent": "Amazon/EventBridge/ApiDestinations" }),
    ...(BODILESS.has(call.method) ? {} : { body: Buffer.from(call.body) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
};

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
const BODILESS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Throws where an answer is no success. AWS: 401, 407, 409, 429 and what begins with 5 are tried again. */
export const checkAnswer = (status: number, message: string): void => {
  if (status < 400) return;
  if (status >= 500 || RETRIED.has(status)) throw new AwsError("SDK_CLIENT_ERROR", message);
  throw new CallRefused("SDK_CLIENT_ERROR", message);
};

const RETRIED: ReadonlySet<number> = new Set([401, 407, 409, 429]);
