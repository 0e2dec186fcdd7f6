import { Agent, request } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../kernel/http.ts";
import { readBody } from "./body.ts";
import type { Handler } from "./handle.ts";
import { listen } from "./server.ts";

const MIB = 1024 * 1024;

const serving = (handler: Handler) => listen({ host: "127.0.0.1", port: 0, handler });

const put = (port: number, body: Buffer, agent: Agent) =>
  new Promise<{ status: number; text: string; port: number | undefined }>((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method: "PUT", agent }, async (response) =>
      resolve({ status: response.statusCode ?? 0, text: await text(response), port: sent.socket?.localPort }),
    );
    sent.once("error", reject);
    sent.end(body);
  });

const refusingAfter =
  (limit: number): Handler =>
  async (one: HttpRequest) => {
    try {
      return { status: 200, headers: {}, body: String((await readBody(one.body, limit)).length) };
    } catch {
      return { status: 413, headers: {}, body: "too much" };
    }
  };

describe("an answer before the end of its request", () => {
  it("reaches the client, and the connection is used again", async () => {
    await using server = await serving(refusingAfter(1024));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const refused = await put(server.port, Buffer.alloc(8 * MIB), agent);
      expect(refused).toMatchObject({ status: 413, text: "too much" });
      const next = await put(server.port, Buffer.from("abc"), agent);
      expect(next).toEqual({ status: 200, text: "3", port: refused.port });
    } finally {
      agent.destroy();
    }
  });

  it("does the same when nobody read at all", async () => {
    await using server = await serving(async () => ({ status: 403, headers: {}, body: "no" }));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const first = await put(server.port, Buffer.alloc(8 * MIB), agent);
      expect(first).toMatchObject({ status: 403, text: "no" });
      expect(await put(server.port, Buffer.alloc(8 * MIB), agent)).toEqual(first);
    } finally {
      agent.destroy();
    }
  });
});

describe("answers", () => {
  it("are whole, or as they come", async () => {
    const bodies = { "/text": "häl", "/bytes": Buffer.from("abc"), "/stream": Readable.from([Buffer.from("x")]) };
    await using server = await serving(async ({ path }) => ({
      status: 200,
      headers: {},
      body: bodies[path as keyof typeof bodies],
    }));
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();
    expect([await get("/text"), await get("/bytes"), await get("/stream")]).toEqual(["häl", "abc", "x"]);
  });

  it("of a stream that fails are cut off", async () => {
    async function* failing() {
      yield Buffer.from("begun");
      throw new Error("the disk is gone");
    }
    await using server = await serving(async () => ({ status: 200, headers: {}, body: failing() }));
    await expect(fetch(`http://127.0.0.1:${server.port}/`).then((response) => response.text())).rejects.toThrow();
  });
});

describe("names", () => {
  it("that are not this machine's get nothing, whatever the path", async () => {
    await using server = await serving(async () => ({ status: 200, headers: {}, body: "secret" }));
    const answer = async (host: string) => {
      const socket = connect(server.port, "127.0.0.1");
      socket.end(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      return (await buffer(socket)).toString();
    };
    for (const ours of ["localhost", "b.s3.localhost:4566", "127.0.0.1", "b.s3.amazonaws.com"])
      expect(await answer(ours)).toMatch(/^HTTP\/1.1 200/);
    for (const other of ["evil.example", "localhost.evil.example:4566", "amazonaws.com.evil.example"]) {
      const refused = await answer(other);
      expect(refused).toMatch(/^HTTP\/1.1 421/);
      expect(refused).not.toContain("secret");
    }
  });
});
