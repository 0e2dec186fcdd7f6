import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
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

/** A registry on this machine, for as long as something is installed from it. */
const installing = async (packages: readonly string[], answer: (at: string) => RequestListener) => {
  let listener: RequestListener = () => {};
  const registry = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const address = registry.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
  listener = answer(url);
  const folder = join(directory, "node-99");
  try {
    await installPackages({
      ...{ processes: systemProcesses({ clock: systemClock() }), folder, packages, attempt: "1" },
      environment: { npm_config_registry: url, npm_config_cache: join(directory, "cache") },
    });
  } finally {
    registry.closeAllConnections();
    registry.close();
  }
  return folder;
};

it("says what npm said when the registry has no such package, and leaves nothing behind", async () => {
  const asked = installing(["no-such-node@99"], () => (_request, response) => response.writeHead(404).end("{}"));
  await expect(asked).rejects.toMatchObject({ name: "PackagesNotInstalled", message: expect.stringMatching(/404/) });
  expect(existsSync(join(directory, "node-99"))).toBe(false);
  expect(readdirSync(directory).filter((name) => name !== "cache")).toEqual([]);
});

it("installs a package with its programs, and runs no script of it", async () => {
  const manifest = { name: "some-node", version: "99.1.0", bin: { node: "node" } };
  mkdirSync(join(directory, "package"));
  writeFileSync(join(directory, "package", "node"), "#!/bin/sh\necho v99.1.0\n");
  const scripts = { postinstall: "touch ../../script-ran" };
  writeFileSync(join(directory, "package", "package.json"), JSON.stringify({ ...manifest, scripts }));
  spawnSync("tar", ["-czf", "some-node.tgz", "package"], { cwd: directory });
  const folder = await installing(["some-node@99"], (url) => (request, response) => {
    if (request.url?.endsWith(".tgz")) return void response.end(readFileSync(join(directory, "some-node.tgz")));
    const versions = { "99.1.0": { ...manifest, dist: { tarball: `${url}some-node.tgz` } } };
    response.end(JSON.stringify({ name: "some-node", "dist-tags": { latest: "99.1.0" }, versions }));
  });
  expect(readdirSync(folder).sort()).toEqual(["node_modules", "package.json"]);
  expect(spawnSync(join(folder, "node_modules", ".bin", "node"), { encoding: "utf8" }).stdout).toBe("v99.1.0\n");
});
