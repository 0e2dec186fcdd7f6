import type { IncomingMessage, ServerResponse } from "node:http";

/** A process asks for nothing larger than this of its environment, responses aside. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/** A request's body as JSON; undefined when it is none. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_REQUEST_BYTES) chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    // Whoever reads it says what is missing.
    return undefined;
  }
};

export const sendJson = (response: ServerResponse, status: number, body: object): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
  response.end(text);
};
