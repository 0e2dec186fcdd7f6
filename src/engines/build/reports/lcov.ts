import { type FileCoverage, UnreadableReport } from "./results.ts";

/** LCOV's tracefile; what several tests have reached of one file stands in several of its records. */
export const readLcov = (text: string): readonly FileCoverage[] => {
  const files = new Map<string, Reached>();
  let file: Reached | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, key = "", value = ""] = /^([A-Z]+):(.*)$/.exec(line) ?? [];
    if (key === "SF") {
      file = files.get(value) ?? { lines: new Map(), branches: new Map() };
      files.set(value, file);
    } else if (file) note(file, key, value);
  }
  if (files.size === 0) throw new UnreadableReport("no source files in this LCOV report");
  return [...files].map(([path, reached]) => coverageOf(path, reached));
};

/** Lines and branches, and whether any test has come there. */
interface Reached {
  readonly lines: Map<string, boolean>;
  readonly branches: Map<string, boolean>;
}

/** `DA:LINE,TIMES`, or `BRDA:LINE,BLOCK,BRANCH,TIMES`, where `-` stands for a line that was not reached at all. */
const note = ({ lines, branches }: Reached, key: string, value: string): void => {
  const parts = value.split(",");
  if (key === "DA") reach(lines, parts[0] ?? "", parts[1]);
  else if (key === "BRDA") reach(branches, parts.slice(0, 3).join(), parts[3]);
};

const reach = (among: Map<string, boolean>, place: string, times = ""): void => {
  among.set(place, among.get(place) === true || Number(times) > 0);
};

const coverageOf = (path: string, { lines, branches }: Reached): FileCoverage => {
  const reached = (among: ReadonlyMap<string, boolean>) => [...among.values()].filter(Boolean).length;
  const [linesCovered, branchesCovered] = [reached(lines), reached(branches)];
  return {
    path,
    linesCovered,
    linesMissed: lines.size - linesCovered,
    branchesCovered,
    branchesMissed: branches.size - branchesCovered,
  };
};
