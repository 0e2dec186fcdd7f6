import { platform } from "node:process";

/** Of the SAM CLI whose commands ours are like: scripts compare it. */
export const VERSION = "1.164.0";

/** `sam --info`: facts as JSON. */
export const infoText = (): string =>
  `${JSON.stringify({ version: VERSION, system: { aloft: true, node: process.versions.node, os: platform }, additional_dependencies: { docker_engine: "Not available" } }, null, 2)}\n`;
