import { createSocket } from "node:dgram";
import { once } from "node:events";

/** Where one environment's code sends its segments, as to X-Ray's daemon: the port is that environment's own. */
export interface TraceListener {
  readonly port: number;
  close(): void;
}

/** What every datagram begins with; https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html */
const HEADER = /^\s*\{[^{}\n]*"format"\s*:\s*"json"[^{}\n]*\}\s*\n/;

/** Listens on loopback, and hands on the documents. What is none is dropped, as the daemon drops it. */
export const openTraceListener = async (take: (document: string) => void): Promise<TraceListener> => {
  const socket = createSocket("udp4", (datagram) => {
    const text = datagram.toString();
    const document = text.replace(HEADER, "");
    if (document !== text && document !== "") take(document);
  });
  socket.bind({ address: "127.0.0.1", port: 0, exclusive: true });
  await once(socket, "listening");
  let isOpen = true;
  const close = () => {
    if (isOpen) socket.close();
    isOpen = false;
  };
  socket.on("error", close);
  // Processes keep the cloud alive, not what listens to them.
  socket.unref();
  return { port: socket.address().port, close };
};
