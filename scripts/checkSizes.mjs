import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Holds the sizes of STYLE: no source file over 400 lines, the median at most 60, nine of ten at most 170. */
const MAX_LINES = 400;
const MAX_P90 = 170;
const MAX_MEDIAN = 60;

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const sizes = ["src", "console/src"]
  .flatMap(filesBelow)
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|generated)\.ts$/.test(path))
  .map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n").length }))
  .sort((a, b) => a.lines - b.lines);

const at = (share) => sizes[Math.floor((sizes.length - 1) * share)]?.lines ?? 0;
const problems = [
  ...sizes
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${MAX_LINES}`),
  ...(at(0.5) > MAX_MEDIAN ? [`the median file has ${at(0.5)} lines, more than ${MAX_MEDIAN}`] : []),
  ...(at(0.9) > MAX_P90 ? [`the 90th percentile is ${at(0.9)} lines, more than ${MAX_P90}`] : []),
];
for (const problem of problems) console.error(problem);
console.log(`${sizes.length} files: median ${at(0.5)}, 90th percentile ${at(0.9)}, longest ${at(1)} lines`);
process.exit(problems.length > 0 ? 1 : 0);
