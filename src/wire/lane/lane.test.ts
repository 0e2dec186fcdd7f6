import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HttpRequest, HttpResponse } from "../../kernel/http.ts";
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

const API = "abc1.execute-api.localhost:4566";
const get = (path: string, ...more: string[]) => [`GET ${path} HTTP/1.1`, `Host: ${API}`, ...more, "", ""].join("\r\n");
const ANSWERS: Readonly<Record<string, HttpResponse>> = {
  "/text": { status: 200, headers: { "x-a": "1", "set-cookie": ["b=2", "c=3"] }, body: "zwölf" },
  "/bytes": { status: 201, headers: {}, body: Buffer.from([0xff, 0x00]) },
  "/stream": {
    status: 200,
    headers: {},
    body: Readable.from([Buffer.from("one"), Buffer.from(""), Buffer.from("two")]),
  },
  "/nothing": { status: 204, headers: {}, body: "none" },
  "/latin": { status: 200, headers: { "x-a": "é" }, body: "é" },
  "/dated": { status: 200, headers: { date: "then" }, body: "" },
  "/split": { status: 200, headers: { "x-a": "1\r\nx-b: 2" }, body: "" },
  "/name": { status: 200, headers: { "x-a: 1\r\nx-b": "2" }, body: "" },
  "/wide": { status: 200, headers: { "x-a": "\u2026" }, body: "" },
};

describe("the fast lane of HTTP APIs", () => {
  let server: HttpServer;
  const seen: HttpRequest[] = [];
  beforeEach(async () => {
    seen.length = 0;
    const handler = async (request: HttpRequest) => {
      seen.push(request);
      return ANSWERS[request.path] ?? { status: 200, headers: {}, body: `${request.method} ${request.bytes}` };
    };
    server = await listen({ host: "127.0.0.1", port: 0, handler, call: echo("lane") });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  /** What comes back for all of it, once the client has said all it will say. */
  const answers = async (sent: string): Promise<string> => {
    const socket = connect(server.port, "127.0.0.1");
    const received: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => received.push(chunk));
    const closed = once(socket, "close");
    socket.end(sent);
    await closed;
    return Buffer.concat(received).toString("latin1");
  };
  const WHEN = /date: [^\r]+/;

  it("reads requests as the door is to see them", async () => {
    const post = get("/a%20b?c=d", "Origin: http://x", "X-Forwarded-For: 9.9.9.9", "Content-Length: 3").replace(
      "GET",
      "POST",
    );
    expect(await answers(`${post}one${get("/text")}`)).toContain("\r\n\r\nPOST oneHTTP/1.1 200 OK\r\n");
    expect(seen[0]).toMatchObject({
      method: "POST",
      host: API,
      path: "/a%20b",
      rawQuery: "c=d",
      remoteAddress: "127.0.0.1",
      isSecure: false,
      headers: { host: API, origin: "http://x", "x-forwarded-for": "9.9.9.9", "content-length": "3" },
    });
    const names = ["Host", API, "Origin", "http://x", "X-Forwarded-For", "9.9.9.9", "Content-Length", "3"];
    expect(seen[0]?.rawHeaders).toEqual(names);
    expect(await answers(`GET /_execute-api/abc1/p HTTP/1.1\r\nHost: localhost\r\n\r\n`)).not.toContain("Keep-Alive");
  });

  it("answers whole, in bytes, in pieces, and with nothing", async () => {
    const lines = (...more: string[]) => [...more, "date", "connection: keep-alive"].join("\r\n");
    const answer = async (path: string) => (await answers(get(path))).replace(WHEN, "date");
    expect(await answer("/text")).toBe(
      `${lines("HTTP/1.1 200 OK", "x-a: 1", "set-cookie: b=2", "set-cookie: c=3")}\r\ncontent-length: 6\r\n\r\nzw\u00c3\u00b6lf`,
    );
    expect(await answer("/bytes")).toBe(`${lines("HTTP/1.1 201 Created")}\r\ncontent-length: 2\r\n\r\n\u00ff\0`);
    expect(await answer("/nothing")).toBe(`${lines("HTTP/1.1 204 No Content")}\r\n\r\n`);
    expect(await answer("/stream")).toBe(
      `${lines("HTTP/1.1 200 OK")}\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n`,
    );
    expect(await answers(get("/dated"))).toContain("OK\r\ndate: then\r\nconnection");
  });

  it("writes heads in the one encoding they have", async () => {
    expect(await answers(get("/latin"))).toMatch(/x-a: \u00e9\r\n(?:.+\r\n)+\r\n\u00c3\u00a9$/);
  });

  it.each(["/split", "/name", "/wide"])("cuts off an answer whose headers would be others: %s", async (path) => {
    expect(await answers(get(path))).toBe("");
  });

  it("closes where that is asked for, and leaves what else there is to Node's server", async () => {
    expect(await answers(get("/text", "Connection: close"))).toContain("connection: close\r\n");
    expect(await answers(get("/text").replace("GET", "HEAD"))).toContain("Keep-Alive: timeout");
  });
});
