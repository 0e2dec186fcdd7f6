import manifest from "../package.json" with { type: "json" };

/** aloft's own version. */
export const version: string = manifest.version;
