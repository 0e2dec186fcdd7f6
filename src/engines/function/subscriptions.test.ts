import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { TelemetryEvent } from "./subscription.ts";
import { Subscriptions } from "./subscriptions.ts";

/** A subscriber whose server answers when it is told to, and what it has been sent. */
const subscriber = async () => {
  const answers: (() => void)[] = [];
  const heard: TelemetryEvent[][] = [];
  let wake = () => {};
  const server = createServer(async (request, response) => {
    heard.push((await json(request)) as TelemetryEvent[]);
    answers.push(() => response.end());
    wake();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const wish = {
    types: ["platform", "function"],
    buffering: { maxItems: 1000, timeoutMs: 30_000 },
    destination: { protocol: "HTTP", URI: `http://sandbox.localdomain:${port}` },
  };
  return {
    wish,
    answer: () => answers.shift()?.(),
    next: async () => {
      while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return heard.shift() ?? [];
    },
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const subscribe = (subscriptions: Subscriptions, wish: object) => {
  const response = { writeHead: () => response, end: () => response } as unknown as ServerResponse;
  return subscriptions.subscribe(Readable.from([Buffer.from(JSON.stringify(wish))]) as never, response, "spy", "t");
};

const LINE: TelemetryEvent = { time: "t", type: "function", record: "x" };

const states = (events: readonly TelemetryEvent[]) =>
  events.map(({ record }) => (record as { state?: string }).state).filter((state) => state !== undefined);

test("one that subscribes again replaces what it asked for", async () => {
  using spy = await subscriber();
  const subscriptions = new Subscriptions();
  subscriptions.before = [{ time: "t", type: "platform.initStart", record: {} }];
  await subscribe(subscriptions, { ...spy.wish, types: ["function"] });
  await subscribe(subscriptions, spy.wish);
  subscriptions.flush();
  expect(states(await spy.next())).toEqual(["Already subscribed"]);
  spy.answer();
});

test("one that does not keep up is sent nothing meanwhile, and told of what was dropped", async () => {
  using spy = await subscriber();
  const subscriptions = new Subscriptions();
  await subscribe(subscriptions, spy.wish);
  const tell = (count: number) => {
    for (let n = 0; n < count; n += 1) subscriptions.publish("function", LINE);
  };
  tell(999);
  expect(await spy.next()).toHaveLength(1000);
  tell(20_002);
  spy.answer();
  const late = await spy.next();
  expect(late).toHaveLength(20_001);
  expect(late.at(-1)).toEqual({
    time: "t",
    type: "platform.logsDropped",
    record: {
      droppedRecords: 2,
      droppedBytes: 2 * JSON.stringify(LINE).length,
      reason: expect.stringMatching(/^Consumer seems to have fallen/),
    },
  });
  spy.answer();
});
