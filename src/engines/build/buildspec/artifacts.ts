import type { Place } from "./reader.ts";
import type { ArtifactSpec } from "./types.ts";

/** One artifact of a buildspec: the primary or a secondary one. */
export const readArtifacts = (place: Place): ArtifactSpec => {
  const entries = place.entries();
  const text = (name: string) => {
    const value = entries.get(name);
    return value && !value.isEmpty ? value.text() : undefined;
  };
  const baseDirectory = text("base-directory");
  const name = text("name");
  const s3Prefix = text("s3-prefix");
  return {
    files: entries.get("files")?.texts() ?? [],
    excludePaths: entries.get("exclude-paths")?.texts() ?? [],
    discardPaths: entries.get("discard-paths")?.flag() ?? false,
    enableSymlinks: entries.get("enable-symlinks")?.flag() ?? false,
    ...(baseDirectory === undefined ? {} : { baseDirectory }),
    ...(name === undefined ? {} : { name }),
    ...(s3Prefix === undefined ? {} : { s3Prefix }),
  };
};
