import { existsSync, readdirSync, renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Room } from "./room.ts";

const SWEPT = ".swept";

/**
 * Removes unpacked code that no function has any more, and what environments of an earlier process left behind.
 * Only on start: while functions run, one that has just been replaced may still read its files.
 */
export const sweepFolders = (room: Room): void => {
  const used = usedCode(room);
  const stale = [
    ...entriesOf(room.folders.code()).filter((path) => !used.has(path.split("/").at(-1) ?? "")),
    ...entriesOf(room.folders.scratch()),
  ];
  // Out of the way at once, so that whoever wants a folder of that name makes it anew; away for good in time.
  const swept = stale.map((path) => (path.endsWith(SWEPT) ? path : renamed(path)));
  if (swept.length === 0) return;
  room.tasks.spawn("the removal of unused function code", async () => {
    for (const path of swept) await rm(path, { recursive: true, force: true });
  });
};

const usedCode = (room: Room): Set<string> => {
  const used = new Set<string>();
  for (const { value } of room.functions.range()) used.add(value.latest.code.blob.sha256);
  for (const { value } of room.versions.range()) used.add(value.code.blob.sha256);
  for (const { value } of room.layers.range()) used.add(value.code.blob.sha256);
  return used;
};

const entriesOf = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

const renamed = (path: string): string => {
  renameSync(path, `${path}${SWEPT}`);
  return `${path}${SWEPT}`;
};
