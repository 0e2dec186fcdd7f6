import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What is shipped is measured: the sources, run through a loader, are slower. `npm run build` makes it.
const built: string = new URL("../dist/index.js", import.meta.url).href;
const { startCloud }: typeof import("../src/index.ts") = await import(built);

/**
 * One of the servers that are compared, in a process of its own: `aloft` on a disk, its signatures and permissions on;
 * `dynalite` in memory, which checks neither; `bare`, which parses what it gets and answers `BARE_ANSWER`.
 * Tells its parent where it listens, and when asked, what processor time it has used.
 */
const kind = process.argv[2];
let stop = async () => {};
// Its parent's end is its own.
process.once("disconnect", () => void stop().then(() => process.exit()));
process.on("message", () => process.send?.(process.cpuUsage()));
const tell = (port: number, credentials = { accessKeyId: "bench", secretAccessKey: "bench" }) =>
  process.send?.({ port, credentials });

const listening = (server: Server) => server.listen(0, "127.0.0.1", () => tell((server.address() as AddressInfo).port));

if (kind === "aloft") {
  const state = mkdtempSync(join(tmpdir(), "aloft-bench-"));
  const cloud = await startCloud({ state });
  stop = async () => {
    await cloud.stop();
    rmSync(state, { recursive: true, force: true });
  };
  tell(cloud.port, cloud.credentials);
} else if (kind === "dynalite") {
  const dynalite: (options: object) => Server = createRequire(import.meta.url)("dynalite");
  listening(dynalite({ createTableMs: 0 }));
} else {
  const answer = process.env["BARE_ANSWER"] ?? "{}";
  const headers = { "content-type": "application/x-amz-json-1.0", "content-length": Buffer.byteLength(answer) };
  listening(
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        JSON.parse(Buffer.concat(chunks).toString());
        response.writeHead(200, headers);
        response.end(answer);
      });
    }),
  );
}
