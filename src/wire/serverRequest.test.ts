import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it } from "vitest";
import { ServerRequest } from "./serverRequest.ts";

it("is what came, its path apart from its query", async () => {
  const server = createServer((_message, response) => response.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.end("PUT /a%20b?c=d?e HTTP/1.1\r\nHost: here\r\nX-A: 1\r\nConnection: close\r\n\r\n");
  const [message]: [IncomingMessage] = (await once(server, "request")) as never;
  expect(new ServerRequest(message)).toMatchObject({
    method: "PUT",
    host: "here",
    path: "/a%20b",
    rawQuery: "c=d?e",
    headers: { "x-a": "1" },
    remoteAddress: "127.0.0.1",
    isSecure: false,
    body: message,
  });
  await once(socket.resume(), "close");
  server.close();
});
