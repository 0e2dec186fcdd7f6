import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it } from "vitest";
import { ServerRequest } from "./serverRequest.ts";

/** What a head is read as, while its connection is still there. */
const reading = async (head: string, look: (message: IncomingMessage, request: ServerRequest) => void) => {
  const server = createServer((_message, response) => response.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.end(`${head}\r\nConnection: close\r\n\r\n`);
  const [message]: [IncomingMessage] = (await once(server, "request")) as never;
  look(message, new ServerRequest(message));
  await once(socket.resume(), "close");
  server.close();
};

it("is what came, its path apart from its query", async () => {
  await reading("PUT /a%20b?c=d?e HTTP/1.1\r\nHost: here\r\nX-A: 1", (message, request) =>
    expect(request).toMatchObject({
      method: "PUT",
      host: "here",
      path: "/a%20b",
      rawQuery: "c=d?e",
      headers: { "x-a": "1" },
      repeatsHeaders: false,
      remoteAddress: "127.0.0.1",
      isSecure: false,
      body: message,
    }),
  );
});

it("tells whether a header came more than once", async () => {
  await reading("GET / HTTP/1.1\r\nHost: here\r\nX-A: 1\r\nx-a: 2", (_, request) =>
    expect(request).toMatchObject({ repeatsHeaders: true, headers: { "x-a": "1, 2" } }),
  );
});
