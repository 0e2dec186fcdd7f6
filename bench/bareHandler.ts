import { type ChildProcess, spawn } from "node:child_process";
import { firstLine } from "./cloudChild.ts";

/** The function that is measured, as CommonJS. */
export const HANDLER = `exports.handler = async (event) => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ path: event.rawPath, at: 1 }),
});`;

const BARE = `
${HANDLER.replace("exports.handler", "const handler")}
const server = require("node:http").createServer(async (request, response) => {
  const { statusCode, headers, body } = await handler({ rawPath: request.url });
  response.writeHead(statusCode, headers);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

/** Where a request goes. */
export interface Place {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The same handler in a bare `node:http` server of its own process. */
export const startBareHandler = async (): Promise<{ readonly child: ChildProcess; readonly place: Place }> => {
  const child = spawn(process.execPath, ["-e", BARE], { stdio: ["ignore", "pipe", "inherit"] });
  return { child, place: { url: `http://127.0.0.1:${(await firstLine(child)).trim()}/hello`, headers: {} } };
};
