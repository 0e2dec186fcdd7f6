import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { systemClock } from "../../kernel/clock.ts";
import { installPackages } from "./npm.ts";
import { systemProcesses } from "./system.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "aloft-npm-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("says what npm said when the registry has no such package, and leaves nothing behind", async () => {
  const registry = createServer((_request, response) => response.writeHead(404).end("{}"));
  const port = await new Promise<number>((resolve, reject) =>
    registry.listen(0, "127.0.0.1", () => {
      const address = registry.address();
      if (typeof address === "object" && address) resolve(address.port);
      else reject(new Error("no port"));
    }),
  );
  const folder = join(directory, "node-99");
  const installing = installPackages({
    processes: systemProcesses({ clock: systemClock() }),
    folder,
    packages: ["no-such-node@99"],
    attempt: "1",
    environment: { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: join(directory, "cache") },
  });
  await expect(installing).rejects.toMatchObject({
    name: "PackagesNotInstalled",
    message: expect.stringMatching(/404/),
  });
  registry.closeAllConnections();
  registry.close();
  expect(existsSync(folder)).toBe(false);
  expect(readdirSync(directory).filter((name) => name !== "cache")).toEqual([]);
});
