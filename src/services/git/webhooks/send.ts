import { createHmac } from "node:crypto";
import { keyOf } from "../../../engines/git/place.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { DELIVERY_TIMEOUT_MS, MAX_DELIVERY_ANSWER_BYTES } from "../limits.ts";
import type { DeliveryRecord, HookRecord, RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Posts a delivery and keeps what came of it. GitHub tries once. */
export const send = async (
  room: Room,
  repository: RepositoryRecord,
  delivery: DeliveryRecord,
  stopped: AbortSignal,
): Promise<void> => {
  const hook = room.hooks.get([...keyOf(repository), delivery.hookId]);
  if (!hook) return;
  const body = bodyOf(hook, delivery);
  const requestHeaders = headersOf(room, hook, delivery, body);
  const startedAt = room.clock.now();
  const outcome = await post(hook.url, requestHeaders, body, stopped);
  // A delivery that the end of the cloud broke off is sent at its next start.
  if (!outcome) return;
  const duration = (room.clock.now() - startedAt) / 1000;
  const key = [...keyOf(repository), delivery.hookId];
  const current = room.hooks.get(key);
  if (!current) return;
  room.deliveries.put([...key, delivery.id], { ...delivery, requestHeaders, outcome: { ...outcome, duration } });
  const isOk = outcome.statusCode >= 200 && outcome.statusCode < 300;
  room.hooks.put(key, {
    ...current,
    lastResponse: {
      code: outcome.statusCode === 0 ? null : outcome.statusCode,
      status: isOk ? "active" : "misconfigured",
      message: outcome.status,
    },
  });
};

const bodyOf = ({ contentType }: HookRecord, { payload }: DeliveryRecord): string =>
  contentType === "json" ? payload : new URLSearchParams({ payload }).toString();

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers */
const headersOf = (room: Room, hook: HookRecord, delivery: DeliveryRecord, body: string) => {
  const secret = hook.sealedSecret === undefined ? undefined : room.deps.cipher.open(hook.sealedSecret);
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, secret ?? "")
      .update(body)
      .digest("hex")}`;
  return {
    Accept: "*/*",
    "Content-Type": hook.contentType === "json" ? "application/json" : "application/x-www-form-urlencoded",
    "User-Agent": "GitHub-Hookshot/aloft",
    "X-GitHub-Delivery": delivery.guid,
    "X-GitHub-Event": delivery.event,
    "X-GitHub-Hook-ID": String(hook.id),
    "X-GitHub-Hook-Installation-Target-Type": "repository",
    ...(secret === undefined ? {} : { "X-Hub-Signature": sign("sha1"), "X-Hub-Signature-256": sign("sha256") }),
  };
};

const post = async (url: string, headers: Readonly<Record<string, string>>, body: string, stopped: AbortSignal) => {
  try {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]);
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    return {
      status: response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`,
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      payload: await textOf(response),
    };
  } catch (error) {
    if (stopped.aborted) return undefined;
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const status = isLate ? "timed out" : `failed to connect to host`;
    return { status, statusCode: 0, headers: {}, payload: errorMessage(error) };
  }
};

const textOf = async ({ body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_DELIVERY_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_DELIVERY_ANSWER_BYTES).toString();
};
