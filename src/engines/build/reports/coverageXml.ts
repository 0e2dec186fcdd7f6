import type { FileCoverage } from "./results.ts";
import { below, readXml, type XmlElement } from "./xml.ts";

/** JaCoCo's XML, which counts by source file. */
export const readJacoco = (text: string): readonly FileCoverage[] =>
  below(readXml(text, ["report"]), "package").flatMap((of) =>
    below(of, "sourcefile").map((file) => {
      const folder = of.attributes["name"];
      const [lines, branches] = [counterOf(file, "LINE"), counterOf(file, "BRANCH")];
      return {
        path: `${folder ? `${folder}/` : ""}${file.attributes["name"] ?? ""}`,
        linesCovered: lines.covered,
        linesMissed: lines.missed,
        branchesCovered: branches.covered,
        branchesMissed: branches.missed,
      };
    }),
  );

/** A file's own counters; those of its lines lie deeper. */
const counterOf = (file: XmlElement, type: string): { readonly covered: number; readonly missed: number } => {
  const counter = file.children.find(({ name, attributes }) => name === "counter" && attributes["type"] === type);
  return { covered: Number(counter?.attributes["covered"] ?? 0), missed: Number(counter?.attributes["missed"] ?? 0) };
};

/** Cobertura's XML; several classes may be of one file. */
export const readCobertura = (text: string): readonly FileCoverage[] => {
  const files = new Map<string, Map<string, Line>>();
  for (const of of below(readXml(text, ["coverage"]), "class")) {
    const path = of.attributes["filename"] ?? "";
    const lines = files.get(path) ?? new Map<string, Line>();
    files.set(path, lines);
    for (const { attributes } of below(of, "line")) {
      const [, covered, all] = /\((\d+)\/(\d+)\)/.exec(attributes["condition-coverage"] ?? "") ?? [];
      lines.set(attributes["number"] ?? "", {
        isCovered: Number(attributes["hits"]) > 0,
        branchesCovered: Number(covered ?? 0),
        branches: Number(all ?? 0),
      });
    }
  }
  return [...files].map(([path, lines]) => fileOf(path, [...lines.values()]));
};

/** Clover's XML; a condition has two ways out. */
export const readClover = (text: string): readonly FileCoverage[] =>
  below(readXml(text, ["coverage"]), "file").map((file) => {
    const lines = below(file, "line").map(({ attributes: { type, count, truecount, falsecount } }) => {
      const ways = type === "cond" && truecount !== undefined ? [Number(truecount), Number(falsecount)] : [];
      return {
        isCovered: Number(count ?? 0) > 0 || ways.some((times) => times > 0),
        branchesCovered: ways.filter((times) => times > 0).length,
        branches: ways.length,
      };
    });
    return fileOf(file.attributes["path"] ?? file.attributes["name"] ?? "", lines);
  });

interface Line {
  readonly isCovered: boolean;
  readonly branchesCovered: number;
  readonly branches: number;
}

const fileOf = (path: string, lines: readonly Line[]): FileCoverage => {
  const linesCovered = lines.filter(({ isCovered }) => isCovered).length;
  const branchesCovered = lines.reduce((sum, line) => sum + line.branchesCovered, 0);
  const branches = lines.reduce((sum, line) => sum + line.branches, 0);
  return {
    path,
    linesCovered,
    linesMissed: lines.length - linesCovered,
    branchesCovered,
    branchesMissed: branches - branchesCovered,
  };
};
