import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HttpRequest } from "../../kernel/http.ts";
import { readBody } from "../body.ts";
import { type HttpServer, listen } from "../server.ts";

/** Answers what it was sent, and by which way it came. */
const echo = (way: string) => async (request: HttpRequest) => ({
  status: 200,
  headers: { "x-way": way },
  body: `${request.method} ${request.path} ${(request.bytes ?? (await readBody(request.body))).toString()}`,
});

const call = (body: string, ...more: string[]) =>
  [
    "POST / HTTP/1.1",
    "Host: localhost",
    "X-Amz-Target: A.B",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...more,
    "",
    body,
  ].join("\r\n");

const OTHER = "GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n";

describe("the fast lane", () => {
  let server: HttpServer;
  let socket: Socket;
  let received = "";
  beforeEach(async () => {
    server = await listen({ host: "127.0.0.1", port: 0, handler: echo("node"), call: echo("lane") });
    socket = connect(server.port, "127.0.0.1");
    received = "";
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString();
    });
    await once(socket, "connect");
  });
  afterEach(async () => {
    socket.destroy();
    await server[Symbol.asyncDispose]();
  });

  const until = async (text: string) => {
    while (!received.includes(text)) await once(socket, "data");
    return received;
  };
  const ways = () => [...received.matchAll(/x-way: (\w+)/g)].map(([, way]) => way);

  it("answers a call, and the next on the same connection", async () => {
    socket.write(call("one"));
    expect(await until("POST / one")).toContain("HTTP/1.1 200 OK\r\n");
    socket.write(call("zwölf"));
    expect(await until("POST / zwölf")).toContain("content-length: 13\r\n");
    expect(ways()).toEqual(["lane", "lane"]);
  });

  it("answers a client that has said all it will say, and closes", async () => {
    const closed = once(socket, "close");
    socket.end(call("one") + call("two") + OTHER);
    await closed;
    expect(ways()).toEqual(["lane", "lane", "node"]);
  });

  it("closes what its client closed in the middle of a head", async () => {
    const closed = once(socket, "close");
    socket.end("POST / HTTP/1.1\r\nHost: loc");
    await closed;
    expect(received).toBe("");
  });

  it("answers calls that were sent ahead in their order", async () => {
    socket.write(call("one") + call("two") + call("three"));
    await until("POST / three");
    expect(received.match(/POST \/ (?:one|two|three)/g)).toEqual(["POST / one", "POST / two", "POST / three"]);
  });

  it("waits for a call that comes in pieces", async () => {
    socket.setNoDelay(true);
    for (const piece of call("in pieces").match(/[\s\S]{1,9}/g) ?? [])
      await new Promise<void>((resolve, reject) => {
        socket.write(piece, (error) => (error ? reject(error) : resolve()));
      });
    await until("POST / in pieces");
    expect(ways()).toEqual(["lane"]);
  });

  it("hands the connection over for anything else, with what had come", async () => {
    socket.write(call("one"));
    await until("POST / one");
    socket.write(OTHER);
    await until("GET /other");
    socket.write(call("two"));
    await until("POST / two");
    expect(ways()).toEqual(["lane", "node", "node"]);
  });

  it("hands over what follows a call at once", async () => {
    socket.write(call("one") + OTHER);
    await until("GET /other");
    expect(ways()).toEqual(["lane", "node"]);
  });

  it("hands over a body in chunks", async () => {
    socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: A.B\r\nTransfer-Encoding: chunked\r\n\r\n");
    socket.write("3\r\none\r\n0\r\n\r\n");
    await until("POST / one");
    expect(ways()).toEqual(["node"]);
  });

  it("hands over a body of megabytes", async () => {
    const body = "a".repeat(3 * 1024 * 1024);
    socket.write(call(body));
    await until("content-length");
    while (received.length < body.length) await once(socket, "data");
    expect(ways()).toEqual(["node"]);
  });

  it("leaves names that are not this cloud's to be refused", async () => {
    socket.write(call("one").replace("localhost", "rebound.example"));
    expect(await until("localhost names")).toContain("HTTP/1.1 421");
  });

  it("leaves names under which there may be other doors", async () => {
    socket.write(call("one").replace("localhost", "api.execute-api.localhost"));
    await until("POST / one");
    expect(ways()).toEqual(["node"]);
  });

  it("closes after a call that asks for it", async () => {
    socket.write(call("last", "Connection: close"));
    await once(socket, "end");
    expect(received).toContain("connection: close\r\n");
    expect(received).toContain("POST / last");
  });
});
