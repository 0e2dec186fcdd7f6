import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Holds the sizes of STYLE: no source file over 400 lines, the median at most 60, nine of ten at most 170. */
const MAX_LINES = 400;
const MAX_P90 = 170;
/** In JSX each attribute takes a line of its own. */
const MAX_MEDIANS = { src: 60, "console/src": 80 };

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const problemsOf = ([folder, maxMedian]) => {
  const sizes = filesBelow(folder)
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|generated)\.ts$/.test(path))
    .map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n").length }))
    .sort((a, b) => a.lines - b.lines);
  const at = (share) => sizes[Math.floor((sizes.length - 1) * share)]?.lines ?? 0;
  const spread = `median ${at(0.5)}, 90th percentile ${at(0.9)}, longest ${at(1)} lines`;
  console.log(`${folder}: ${sizes.length} files: ${spread}`);
  return [
    ...sizes
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ path, lines }) => `${path} has ${lines} lines, more than ${MAX_LINES}`),
    ...(at(0.5) > maxMedian ? [`the median file of ${folder} has ${at(0.5)} lines, more than ${maxMedian}`] : []),
    ...(at(0.9) > MAX_P90 ? [`the 90th percentile of ${folder} is ${at(0.9)} lines, more than ${MAX_P90}`] : []),
  ];
};

const problems = Object.entries(MAX_MEDIANS).flatMap(problemsOf);
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
