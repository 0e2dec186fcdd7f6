import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isAwsName, isLocalName } from "./hosts.ts";

const TARGET = /^(?<name>[^:]+|\[[0-9a-f:]+\]):(?<port>\d{1,5})$/i;
const WEB_PORTS = ["443", "80"];

/** Whether a tunnel to that authority, `host:port`, is one to this cloud. */
export const leadsHere = (authority: string, port: number, hosts: readonly string[]): boolean => {
  const { name = "", port: asked = "" } = TARGET.exec(authority)?.groups ?? {};
  if (isAwsName(name)) return WEB_PORTS.includes(asked);
  return isLocalName(name, hosts) && [...WEB_PORTS, String(port)].includes(asked);
};

/**
 * Answers CONNECT: clients that can be given a proxy but no endpoint reach this cloud under AWS's names. The tunnel ends
 * here, always; what is not this cloud's is refused, so that nothing meant for AWS leaves the machine by this way.
 */
export const answerConnect = (
  { url = "" }: IncomingMessage,
  socket: Duplex,
  isHere: (authority: string) => boolean,
): boolean => {
  if (isHere(url)) {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    return true;
  }
  const shown = url.replace(/[^\x21-\x7e]/g, "?").slice(0, 300);
  const text = `aloft: this proxy leads to the local cloud only, under AWS's names, and never to ${shown}. Put the host into NO_PROXY to reach it directly.\n`;
  socket.end(
    `HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
  return false;
};
