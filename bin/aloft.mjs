#!/usr/bin/env node
import { existsSync } from "node:fs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `aloft needs Node 20.19 or later; this is ${process.version}. Install a current Node from https://nodejs.org and try again.`,
  );
  process.exit(1);
}
// In a clone the source is there and may have changed; an installed package is built already.
if (existsSync(new URL("../src/cli/main.ts", import.meta.url))) {
  const { buildConsoleAside, ensureBuilt, ensureInstalled } = await import("../scripts/ready.mjs");
  ensureInstalled(false);
  ensureBuilt();
  if (["launch", "start", "open"].includes(process.argv[2])) buildConsoleAside();
}
await import("../dist/cli.js");
