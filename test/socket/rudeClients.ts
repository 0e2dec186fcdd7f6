import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { LoadRequest } from "../../bench/load.ts";

/** How a client behaves: well, slowly, or by going away before its request is whole, or before its answer comes. */
export const MANNERS = ["plain", "slow", "cut", "leaves"] as const;
export type Manner = (typeof MANNERS)[number];

/** A request as bytes, with more header lines that are not signed. */
export const requestBytes = ({ method, path, headers, body }: LoadRequest, host: string, ...more: string[]): Buffer => {
  const lines = Object.entries({ host, ...headers, "content-length": Buffer.byteLength(body) });
  const head = [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), ...more, "", body];
  return Buffer.from(head.join("\r\n"));
};

/** Sends a request on a connection of its own; the status of its answer, where one was waited for. `cutAt` is a fraction. */
export const send = async (port: number, bytes: Buffer, manner: Manner, cutAt: number): Promise<number | undefined> => {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  try {
    if (manner === "cut") {
      await written(socket, bytes.subarray(0, Math.max(1, Math.floor(cutAt * (bytes.length - 1)))));
      return undefined;
    }
    if (manner !== "slow") await written(socket, bytes);
    else for (const piece of pieces(bytes)) await written(socket, piece);
    return manner === "leaves" ? undefined : await statusOf(socket);
  } finally {
    socket.destroy();
  }
};

const PIECES = 10;

const pieces = (bytes: Buffer): Buffer[] => {
  const size = Math.ceil(bytes.length / PIECES);
  return Array.from({ length: PIECES }, (_unused, at) => bytes.subarray(at * size, (at + 1) * size));
};

/** Waits a turn as well, so that what is written next arrives by itself. */
const written = async (socket: Socket, bytes: Buffer): Promise<void> => {
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  await new Promise((resolve) => setImmediate(resolve));
};

const statusOf = async (socket: Socket): Promise<number> => {
  const [answer] = await once(socket, "data");
  return Number(/^HTTP\/1\.1 (\d+)/.exec(String(answer))?.[1]);
};
