import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { readJson, sendJson } from "./runtimeHttp.ts";

/** Where an event comes from. */
export type TelemetryType = "platform" | "function" | "extension";

/** One event as extensions get it. */
export interface TelemetryEvent {
  readonly time: string;
  readonly type: string;
  readonly record: unknown;
}

interface Subscription {
  readonly types: ReadonlySet<string>;
  readonly port: number;
  readonly path: string;
  readonly timeoutMs: number;
  readonly maxItems: number;
  waiting: TelemetryEvent[];
  timer: NodeJS.Timeout | undefined;
}

const DEFAULT_TIMEOUT_MS = 1000;
const DEFAULT_MAX_ITEMS = 10_000;
/** What a subscriber that does not read can keep waiting. */
const MAX_WAITING = 20_000;

/**
 * What extensions hear of their environment: the Telemetry API, and the Logs API before it.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html
 */
export class Subscriptions {
  /** What of the platform had happened before anybody came to listen. */
  before: readonly TelemetryEvent[] = [];
  private readonly all: Subscription[] = [];

  get isHeard(): boolean {
    return this.all.length > 0;
  }

  async subscribe(request: IncomingMessage, response: ServerResponse, name: string, time: string): Promise<void> {
    const body = await readJson(request);
    const subscription = isJsonObject(body) ? subscriptionOf(body) : undefined;
    if (!subscription) {
      return sendJson(response, 400, {
        errorMessage: "types, and a destination with the protocol HTTP and a URI, are required",
        errorType: "ValidationError",
      });
    }
    this.all.push(subscription);
    response.writeHead(200, { "Content-Type": "text/plain", "Content-Length": 2 });
    response.end("OK");
    const types = [...subscription.types];
    for (const event of this.before) add(subscription, "platform", event);
    const record = { name, state: "Subscribed", types };
    this.publish("platform", { time, type: "platform.telemetrySubscription", record });
  }

  /** Tells subscribers of something, gathered as each of them asked. */
  publish(type: TelemetryType, event: TelemetryEvent): void {
    for (const subscription of this.all) add(subscription, type, event);
  }

  /** Sends what waits: the environment is about to end. */
  flush(): void {
    for (const subscription of this.all) deliver(subscription);
  }
}

const add = (subscription: Subscription, type: TelemetryType, event: TelemetryEvent): void => {
  if (!subscription.types.has(type) || subscription.waiting.length >= MAX_WAITING) return;
  subscription.waiting.push(event);
  if (subscription.waiting.length >= subscription.maxItems) deliver(subscription);
  else subscription.timer ??= setTimeout(() => deliver(subscription), subscription.timeoutMs).unref();
};

const subscriptionOf = (body: JsonObject): Subscription | undefined => {
  const { types, destination, buffering } = body;
  if (!Array.isArray(types) || !isJsonObject(destination)) return undefined;
  const uri = String(destination["URI"] ?? "");
  if (destination["protocol"] !== "HTTP" || !URL.canParse(uri)) return undefined;
  const wanted = isJsonObject(buffering) ? buffering : {};
  // AWS names the environment itself `sandbox.localdomain`; here it is this machine.
  const { port, pathname } = new URL(uri);
  return {
    types: new Set(types.map(String)),
    port: Number(port || 80),
    path: pathname,
    timeoutMs: Number(wanted["timeoutMs"] ?? DEFAULT_TIMEOUT_MS),
    maxItems: Number(wanted["maxItems"] ?? DEFAULT_MAX_ITEMS),
    waiting: [],
    timer: undefined,
  };
};

const deliver = (subscription: Subscription): void => {
  clearTimeout(subscription.timer);
  subscription.timer = undefined;
  if (subscription.waiting.length === 0) return;
  const text = JSON.stringify(subscription.waiting);
  subscription.waiting = [];
  const sending = httpRequest({
    host: "127.0.0.1",
    port: subscription.port,
    path: subscription.path,
    method: "POST",
    headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) },
  });
  sending.once("response", (answer) => answer.resume());
  // A subscriber that does not listen loses its events, as on AWS.
  sending.once("error", () => sending.destroy());
  sending.end(text);
};
