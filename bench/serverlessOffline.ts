import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HANDLER, startBareHandler } from "./bareHandler.ts";
import { report, times } from "./figures.ts";
import { rate } from "./load.ts";

/**
 * What `requests.ts` measures, of `serverless-offline`: it is installed into a temporary folder and is no dependency of
 * this project. Version 3 of `serverless` is the last that runs without an account.
 */
const PACKAGES = ["serverless@3.40.0", "serverless-offline@13.9.0"];
const SECONDS = 3;
const START_TIMEOUT_MS = 60_000;

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });

const [httpPort, websocketPort, lambdaPort] = [await freePort(), await freePort(), await freePort()];
const folder = mkdtempSync(join(tmpdir(), "aloft-bench-"));
writeFileSync(join(folder, "package.json"), '{"private":true}');
writeFileSync(join(folder, "index.js"), HANDLER);
writeFileSync(
  join(folder, "serverless.yml"),
  JSON.stringify({
    service: "bench",
    frameworkVersion: "3",
    provider: { name: "aws", runtime: "nodejs20.x" },
    plugins: ["serverless-offline"],
    custom: { "serverless-offline": { host: "127.0.0.1", httpPort, websocketPort, lambdaPort } },
    functions: { hello: { handler: "index.handler", events: [{ httpApi: { path: "/hello", method: "get" } }] } },
  }),
);
execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...PACKAGES], {
  cwd: folder,
  stdio: "ignore",
});
const offline = spawn(process.execPath, ["node_modules/serverless/bin/serverless.js", "offline"], {
  cwd: folder,
  stdio: "ignore",
  env: { ...process.env, SLS_TELEMETRY_DISABLED: "1", SLS_NOTIFICATIONS_MODE: "off" },
});
const place = { url: `http://127.0.0.1:${httpPort}/hello`, headers: {} };
const { child, place: bare } = await startBareHandler();

const isThere = () =>
  fetch(place.url).then(
    ({ ok }) => ok,
    () => false,
  );
try {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error("serverless-offline did not start");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  for (const connections of [1, 32]) {
    const base = await rate({ ...bare, connections }, SECONDS);
    const through = await rate({ ...place, connections }, SECONDS);
    report(
      `serverless-offline, ${connections} connection${connections === 1 ? "" : "s"}`,
      `${Math.round(through)}/s, ${times(through / base)} of the bare handler (${Math.round(base)}/s)`,
      "",
    );
  }
} finally {
  child.kill();
  offline.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
