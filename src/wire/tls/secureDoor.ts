import type { Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import type { Authority } from "./authority.ts";

const HANDSHAKE_TIMEOUT_MS = 30_000;

/** The server that decrypts connections; it listens nowhere, and hands what it decrypts to `accept`. */
export const openSecureDoor = async (authority: Authority, accept: (socket: Socket) => void): Promise<Server> => {
  const { certificate, key } = await authority.plain();
  const server = createServer({
    cert: certificate,
    key,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    ALPNProtocols: ["http/1.1"],
    SNICallback: (name, answer) => {
      authority.contextFor(name).then(
        (context) => answer(null, context),
        (error) => answer(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  server.on("secureConnection", accept);
  return server;
};
