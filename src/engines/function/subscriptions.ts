import type { IncomingMessage, ServerResponse } from "node:http";
import { readJson, sendJson } from "./runtimeHttp.ts";
import { readWish, type TelemetryEvent, type TelemetryType, type Wish } from "./subscription.ts";

/** What a subscriber that does not read can keep waiting. */
const MAX_WAITING = 20_000;

interface Subscription {
  readonly wish: Wish;
  waiting: TelemetryEvent[];
  waitingBytes: number;
  timer: NodeJS.Timeout | undefined;
  /** Events are on their way to it: the next ones wait until it has them. */
  isSending: boolean;
  dropped: { records: number; bytes: number };
}

/**
 * What extensions hear of their environment: the Telemetry API, and the Logs API before it.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html
 */
export class Subscriptions {
  /** What of the platform had happened before anybody came to listen. */
  before: readonly TelemetryEvent[] = [];
  private readonly all = new Map<string, Subscription>();

  get isHeard(): boolean {
    return this.all.size > 0;
  }

  async subscribe(request: IncomingMessage, response: ServerResponse, name: string, time: string): Promise<void> {
    const wish = readWish(await readJson(request));
    if (typeof wish === "string") {
      return sendJson(response, 400, { errorMessage: wish, errorType: "ValidationError" });
    }
    const isKnown = this.all.has(name);
    const dropped = { records: 0, bytes: 0 };
    const subscription = { wish, waiting: [], waitingBytes: 0, timer: undefined, isSending: false, dropped };
    this.all.set(name, subscription);
    response.writeHead(200, { "Content-Type": "text/plain", "Content-Length": 2 });
    response.end("OK");
    if (!isKnown) for (const event of this.before) add(subscription, "platform", event);
    const record = { name, state: isKnown ? "Already subscribed" : "Subscribed", types: wish.types };
    this.publish("platform", { time, type: "platform.telemetrySubscription", record });
  }

  /** Tells subscribers of something, gathered as each of them asked. */
  publish(type: TelemetryType, event: TelemetryEvent): void {
    for (const subscription of this.all.values()) add(subscription, type, event);
  }

  /** Sends what waits: the environment is about to end. */
  flush(): void {
    for (const subscription of this.all.values()) deliver(subscription);
  }
}

const add = (subscription: Subscription, type: TelemetryType, event: TelemetryEvent): void => {
  const { wish, waiting, dropped } = subscription;
  if (!wish.types.includes(type)) return;
  const bytes = JSON.stringify(event).length;
  if (waiting.length >= MAX_WAITING) {
    dropped.records += 1;
    dropped.bytes += bytes;
    return;
  }
  waiting.push(event);
  subscription.waitingBytes += bytes;
  schedule(subscription);
};

const schedule = (subscription: Subscription): void => {
  const { wish, waiting, waitingBytes, isSending } = subscription;
  if (isSending || waiting.length === 0) return;
  if (waiting.length >= wish.maxItems || waitingBytes >= wish.maxBytes) deliver(subscription);
  else subscription.timer ??= setTimeout(() => deliver(subscription), wish.timeoutMs).unref();
};

const deliver = (subscription: Subscription): void => {
  clearTimeout(subscription.timer);
  subscription.timer = undefined;
  const events = [...subscription.waiting, ...droppedEvents(subscription)];
  if (events.length === 0) return;
  subscription.waiting = [];
  subscription.waitingBytes = 0;
  subscription.dropped = { records: 0, bytes: 0 };
  subscription.isSending = true;
  subscription.wish.send(events, () => {
    subscription.isSending = false;
    schedule(subscription);
  });
};

/** AWS: who listens to the platform hears of what was too much for them. */
const droppedEvents = ({ dropped, wish, waiting }: Subscription): TelemetryEvent[] => {
  const { records: droppedRecords, bytes: droppedBytes } = dropped;
  const time = waiting.at(-1)?.time;
  if (droppedRecords === 0 || time === undefined || !wish.types.includes("platform")) return [];
  const record = { droppedBytes, droppedRecords, reason: REASON };
  return [{ time, type: "platform.logsDropped", record }];
};

const REASON = "Consumer seems to have fallen behind as it has not acknowledged receipt of logs.";
