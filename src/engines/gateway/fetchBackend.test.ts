import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { fetchBackend } from "./fetchBackend.ts";

let closing: () => void;
afterEach(() => closing());

const listening = (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer(answer).listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
    closing = () => server.close();
  });

const { signal } = new AbortController();

test("a name below localhost is this machine, and the backend sees it", async () => {
  const port = await listening(async (request, response) => {
    const body = await text(request);
    response.writeHead(201, { "set-cookie": ["a=1", "b=2"], "x-host": request.headers.host ?? "" });
    response.end(`${request.method} ${request.url} ${request.headersDistinct["x-twice"]} ${body}`);
  });
  const headers = [["X-Twice", "one"] as const, ["x-twice", "two"] as const];
  const body = Buffer.from("hello");
  const answer = await fetchBackend(`http://abc.example.localhost:${port}/a?b=c`, {
    method: "PUT",
    headers,
    body,
    signal,
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(answer.headers.get("x-host")).toBe(`abc.example.localhost:${port}`);
  expect(await answer.text()).toBe("PUT /a?b=c one,two hello");
});

test("redirects and empty answers are passed on", async () => {
  const port = await listening((request, response) => {
    response.writeHead(request.url === "/gone" ? 204 : 302, { location: "/elsewhere" }).end();
  });
  const at = (path: string) =>
    fetchBackend(`http://abc.localhost:${port}${path}`, { method: "GET", headers: [], signal });
  expect((await at("/here")).status).toBe(302);
  expect((await at("/gone")).status).toBe(204);
});

test("nobody there is told as fetch tells it", async () => {
  const port = await listening(() => {});
  closing();
  const refused = fetchBackend(`http://abc.localhost:${port}/`, { method: "GET", headers: [], signal });
  await expect(refused).rejects.toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
});
