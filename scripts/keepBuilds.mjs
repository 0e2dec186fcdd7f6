import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A cloud that runs, or a page that is open, goes on loading from the build it came from, whose files carry digests in
 * their names: those of so many builds stay.
 */
const KEPT_BUILDS = 10;
const RECORD = ".builds.json";

/** Notes what the latest build wrote into a folder, and removes what no build that is kept wrote. */
export const keepBuilds = (folder, names) => {
  const record = join(folder, RECORD);
  const latest = [...names].sort();
  const earlier = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : [];
  const builds = [latest, ...earlier.filter((build) => build.join() !== latest.join())].slice(0, KEPT_BUILDS);
  const kept = new Set([RECORD, ...builds.flat()]);
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(record, JSON.stringify(builds));
};
