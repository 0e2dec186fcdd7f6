import manifest from "../package.json" with { type: "json" };

/** aloft's own version. */
export const version: string = manifest.version;

/** The same, and what it runs on, in one line. */
export const versionText = `aloft ${version} (Node ${process.versions.node})`;
