import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The major version of the Node.js that runs this. */
export const HOST_NODE_MAJOR = Number.parseInt(process.versions.node, 10);

/** `ALOFT_RUNTIMES=host` leaves functions and builds to the Node.js of this machine: none is downloaded. */
export const installsNode = (): boolean => process.env["ALOFT_RUNTIMES"] !== "host";

/** Where a major version of Node.js lies below a folder of runtimes, whoever had it installed. */
export const nodeFolder = (runtimes: string, major: number): string => join(runtimes, `node-${major}`);

/** What is installed there: Node.js as the npm registry's `node-PLATFORM-ARCHITECTURE` packages have it, and its npm. */
export const nodePackages = (major: number): readonly string[] => [
  `${nodePackage()}@${major}`,
  `npm@${npmMajorOf(major)}`,
];

/** The registry names the one for Apple's own processors otherwise. */
export const nodePackage = (): string =>
  `${process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node"}-${process.platform}-${process.arch}`;

/** The program in such a folder, and its version; undefined when it is not there. */
export const installedNode = (folder: string): { readonly file: string; readonly version: string } | undefined => {
  const file = join(folder, "node_modules", ".bin", "node");
  if (!existsSync(file)) return undefined;
  const manifest = join(folder, "node_modules", nodePackage(), "package.json");
  // Early packages have their version with the letter that Node.js's own has.
  return { file, version: JSON.parse(readFileSync(manifest, "utf8")).version.replace(/^v/, "") };
};

/** The npm a Node.js came with: buildspecs lean on its ways, such as npm 6's `npm install` where there is no package.json. */
const npmMajorOf = (major: number): number => {
  if (major <= 14) return 6;
  if (major <= 16) return 8;
  if (major <= 23) return 10;
  return 11;
};
