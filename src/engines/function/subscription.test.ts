import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { readWish, type TelemetryEvent } from "./subscription.ts";

const http = { protocol: "HTTP", URI: "http://sandbox.localdomain:8080" };

test.each([
  [undefined, /^types must be/],
  [{ types: [], destination: http }, /^types must be/],
  [{ types: ["platform", "audit"], destination: http }, /^types must be/],
  [{ types: ["platform"] }, /^destination must be/],
  [{ types: ["platform"], destination: { protocol: "HTTP", URI: "nowhere" } }, /^destination must be/],
  [{ types: ["platform"], destination: { protocol: "TCP", URI: http.URI } }, /^destination must be/],
  [{ types: ["platform"], destination: http, buffering: 7 }, /^buffering must be/],
  [{ types: ["platform"], destination: http, buffering: { timeoutMs: 24 } }, /^buffering.timeoutMs/],
  [{ types: ["platform"], destination: http, buffering: { maxItems: 999 } }, /^buffering.maxItems/],
  [{ types: ["platform"], destination: http, buffering: { maxBytes: 1_048_577 } }, /^buffering.maxBytes/],
])("%j is refused", (body, why) => {
  expect(readWish(body)).toMatch(why);
});

test("what is not said is as AWS has it", () => {
  expect(readWish({ types: ["function"], destination: http })).toMatchObject({
    types: ["function"],
    timeoutMs: 1000,
    maxItems: 10_000,
    maxBytes: 262_144,
  });
});

const EVENTS: readonly TelemetryEvent[] = [
  { time: "t", type: "function", record: "one\n" },
  { time: "t", type: "function", record: "two\n" },
];

const listening = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};

/** Sends the events where a destination says; gives back when they are there. */
const sent = (destination: object) => {
  const wish = readWish({ types: ["function"], destination });
  if (typeof wish === "string") throw new Error(wish);
  return new Promise<void>((resolve) => wish.send(EVENTS, resolve));
};

test("over HTTP events come as a list, over TCP as lines", async () => {
  const bodies: Promise<string>[] = [];
  const web = createHttpServer((request, response) => {
    bodies.push(text(request));
    request.once("end", () => response.end());
  });
  await sent({ protocol: "HTTP", URI: `http://sandbox.localdomain:${await listening(web)}/logs` });
  expect(JSON.parse((await bodies[0]) ?? "")).toEqual(EVENTS);
  web.close();
  web.closeAllConnections();

  let taken = (_bytes: Buffer) => {};
  const lines = new Promise<Buffer>((resolve) => {
    taken = resolve;
  });
  const plain = createServer((socket) =>
    socket.once("data", (bytes) => {
      taken(bytes);
      socket.destroy();
    }),
  );
  const arrived = sent({ protocol: "TCP", port: await listening(plain) });
  expect(`${await lines}`).toBe(EVENTS.map((event) => `${JSON.stringify(event)}\n`).join(""));
  await arrived;
  plain.close();
});

test("who is not there loses them", async () => {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  await sent({ protocol: "HTTP", URI: `http://sandbox.localdomain:${port}` });
  await sent({ protocol: "TCP", port });
});
