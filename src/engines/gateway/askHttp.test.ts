import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { askHttp } from "./askHttp.ts";

let seen: { readonly headers: readonly string[]; readonly body: string } | undefined;
let port: number;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    seen = { headers: request.rawHeaders, body: Buffer.concat(chunks).toString() };
    if (request.url === "/large") response.end(Buffer.alloc(1_048_577));
    else response.writeHead(302, { Location: "/elsewhere", "X-Odd-Case": ["a", "b"] }).end("moved");
  });
});

beforeEach(async () => {
  seen = undefined;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = (address: string, body?: string) =>
  askHttp({
    url: new URL(address),
    method: "POST",
    headers: { "x-one": "1", "x-many": ["a", "b"] },
    body,
    signal: AbortSignal.timeout(20_000),
  });

test("redirects are answers, and headers are spelled as they came", async () => {
  const answer = await ask(`http://127.0.0.1:${port}/`, "hello");
  expect([answer.status, answer.statusText, answer.body.toString()]).toEqual([302, "Found", "moved"]);
  expect(answer.headers).toMatchObject({ Location: ["/elsewhere"], "X-Odd-Case": ["a", "b"] });
  expect(seen?.body).toBe("hello");
  const names = seen?.headers.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  expect(names).toEqual(["x-one", "x-many", "x-many", "content-length", "host", "connection"]);
});

test("names below localhost are this machine", async () => {
  expect((await ask(`http://api.execute-api.localhost:${port}/`)).status).toBe(302);
});

test("an answer that is too large is not read to its end", async () => {
  await expect(ask(`http://127.0.0.1:${port}/large`)).rejects.toThrow("larger than 1048576 bytes");
});
