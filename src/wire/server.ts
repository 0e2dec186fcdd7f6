import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { errorMessage } from "../kernel/errors.ts";
import type { HttpResponse, UpgradeDoor } from "../kernel/http.ts";
import type { Handler } from "./handle.ts";
import { isOurHost, isPlainHost } from "./hosts.ts";
import { joinLane } from "./lane/lane.ts";
import { Outbox } from "./outbox.ts";
import { answerConnect, leadsHere } from "./proxy.ts";
import { ServerRequest } from "./serverRequest.ts";
import type { Authority } from "./tls/authority.ts";

/** A listening socket in front of the handler. */
export interface HttpServer extends AsyncDisposable {
  readonly port: number;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly handler: Handler;
  /** Takes the requests for other protocols; what it does not take is refused. */
  readonly upgrade?: UpgradeDoor;
  /** Answers plain calls, `POST /` with an `X-Amz-Target` under a plain host name, in a lane of their own. */
  readonly call?: Handler;
  /** Names under which the cloud may be addressed, beyond localhost and its subdomains; `*` for any. */
  readonly hosts?: readonly string[];
  /** Vouches for the names of connections that begin with TLS; without one they are closed. */
  readonly authority?: Authority;
}

const MAX_HEADER_BYTES = 64 * 1024;
const HEADERS_TIMEOUT_MS = 30_000;

/** Listens; rejects with Node's own error when the port is taken. */
export const listen = async ({
  host,
  port,
  handler,
  call,
  upgrade,
  hosts = [],
  authority,
}: ServerOptions): Promise<HttpServer> => {
  const outbox = new Outbox();
  const server = createServer(
    // AWS requests may run long (waits, large objects); what is bounded is how slowly a head may come.
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: 0,
      keepAliveTimeout: 65_000,
      noDelay: true,
    },
    (message, response) => void serve(message, response, { handler, hosts, outbox }),
  );
  server.on("upgrade", (message, socket, head) => {
    socket.on("error", () => socket.destroy());
    const isOurs = isOurHost(message.headers.host ?? "", hosts);
    if (!isOurs || !upgrade?.({ message, socket, head }))
      socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  });
  server.on("connect", (message, socket, head) => {
    socket.on("error", () => socket.destroy());
    const isHere = (target: string) =>
      authority !== undefined && leadsHere(target, (server.address() as AddressInfo).port, hosts);
    if (!answerConnect(message, socket, isHere)) return;
    if (head.length > 0) socket.unshift(head);
    server.emit("connection", socket);
  });
  openLane(server, { hosts, handler, call, authority, outbox });
  const sockets = trackSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

interface LaneOptions {
  readonly hosts: readonly string[];
  readonly handler: Handler;
  readonly call: Handler | undefined;
  readonly authority: Authority | undefined;
  readonly outbox: Outbox;
}

/** Puts the lane before the server's own way of taking a connection; what begins with TLS is decrypted and comes again. */
const openLane = (server: Server, { hosts, handler, call, authority, outbox }: LaneOptions): void => {
  const ownListeners = server.listeners("connection");
  server.removeAllListeners("connection");
  const decrypt = authority && createDecryption(authority, (socket) => server.emit("connection", socket));
  const handOver = (socket: Socket, first: number | undefined) => {
    if (first === TLS_HANDSHAKE && !("encrypted" in socket)) {
      if (decrypt) decrypt(socket);
      else socket.destroy();
      return;
    }
    for (const listener of ownListeners) listener.call(server, socket);
    socket.resume();
  };
  const lane = {
    call: call ?? noCall,
    request: handler,
    isPlainHost: (host: string) => call !== undefined && isPlainHost(host, hosts),
    handOver,
    outbox,
  };
  server.on("connection", (socket) => joinLane(socket, lane));
};

/** Without a lane's handler no host is plain, so nothing comes here. */
const noCall: Handler = async () => {
  throw new Error("no calls are taken");
};

/** The first byte of every TLS connection, and of no HTTP request. */
const TLS_HANDSHAKE = 0x16;

/** Decrypts connections; what that takes is loaded at the first. */
const createDecryption = (authority: Authority, accept: (socket: Socket) => void) => {
  const load = async () => (await import("./tls/secureDoor.ts")).openSecureDoor(authority, accept);
  let door: ReturnType<typeof load> | undefined;
  return (socket: Socket): void => {
    const fail = () => socket.destroy();
    socket.on("error", fail);
    door ??= load();
    door
      .then((opened) => opened.emit("connection", socket))
      .catch((error) => {
        door = undefined;
        process.emitWarning(`A TLS connection was closed, for no certificate could be made: ${errorMessage(error)}`);
        fail();
      });
  };
};

const trackSockets = (server: Server): ReadonlySet<Socket> => {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
};

const serve = async (
  message: IncomingMessage,
  response: ServerResponse,
  { handler, hosts, outbox }: Pick<LaneOptions, "handler" | "hosts" | "outbox">,
) => {
  const request = new ServerRequest(message);
  response.once("close", () => {
    if (!response.writableEnded) request.abort();
  });
  try {
    if (!isOurHost(message.headers.host ?? "", hosts)) return refuseHost(response);
    await send(response, await handler(request), outbox);
    if (!message.complete) readOut(message);
  } catch (error) {
    // Only a client that went away, or a body that failed after its head was sent, ends here: the answer cannot be whole.
    response.destroy(error instanceof Error ? error : undefined);
  }
};

/** What a client may still send after its answer before it is cut off: enough that most get to read the answer. */
const MAX_UNREAD_BYTES = 256 * 1024 * 1024;

/**
 * An answer may go out before its request was read: a refusal of a large upload, say. Whoever sends is not listening yet,
 * so the rest is read and dropped; a connection left unread would be stuck, and one closed at once would lose the answer.
 */
const readOut = (message: IncomingMessage): void => {
  let bytes = 0;
  message.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_UNREAD_BYTES) message.destroy();
  });
  message.once("error", () => message.destroy());
  message.resume();
};

const send = async (
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
  outbox: Outbox,
): Promise<void> => {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
    await new Promise<void>((written) => outbox.add(written));
    const length = body === undefined ? 0 : Buffer.byteLength(body);
    // A HEAD answer says the length of what it does not carry.
    const fixed = status === 204 || status === 304 || "content-length" in headers ? {} : { "content-length": length };
    response.writeHead(status, { ...fixed, ...headers } as Record<string, string>);
    response.end(body);
    return;
  }
  response.writeHead(status, headers as Record<string, string>);
  await pipeline(body instanceof Readable ? body : Readable.from(body, { objectMode: false }), response);
};

const refuseHost = (response: ServerResponse): void => {
  response.writeHead(421, { "content-type": "text/plain; charset=utf-8" });
  response.end("This cloud answers only to localhost names. Start it with --host to allow others.\n");
};
