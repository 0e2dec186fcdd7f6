import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scriptsOf } from "./scripts.ts";

/** A command and the folder it runs in. */
export interface Step {
  readonly folder: string;
  readonly command: string;
  readonly language: "nodejs" | "python";
}

/** What tests a project: the root's test script, or else those of its functions; and its Python tests. */
export const testsOf = (folder: string, codeFolders: readonly string[], hasPython: boolean): readonly Step[] => {
  const scripted = [".", ...codeFolders.filter((each) => each !== ".")].filter((each) => hasTests(join(folder, each)));
  const npm = (scripted.includes(".") ? ["."] : scripted).map(
    (each): Step => ({ folder: each, command: "npm test", language: "nodejs" }),
  );
  return [...npm, ...(hasPython ? pythonTests(folder) : [])];
};

/** npm's own stand-in is no test. */
const hasTests = (folder: string): boolean => {
  const { test } = scriptsOf(folder);
  return typeof test === "string" && !test.includes("no test specified");
};

/** Unit tests alone: what is called integration needs the application to be there. */
const pythonTests = (folder: string): readonly Step[] => {
  const tests = ["tests/unit", "tests", "test"].find((each) => holdsPythonTests(join(folder, each)));
  if (tests === undefined) return [];
  const requirements = ["tests/requirements.txt", "requirements-dev.txt", "test/requirements.txt"].filter((each) =>
    existsSync(join(folder, each)),
  );
  const usesPytest = requirements.some((each) => /^pytest\b/m.test(readFileSync(join(folder, each), "utf8")));
  const install = requirements.map((each) => `python3 -m pip install --quiet --requirement ${each}`);
  const run = usesPytest
    ? `python3 -m pytest ${tests}`
    : `python3 -m unittest discover --start-directory ${tests} --top-level-directory .`;
  return [{ folder: ".", command: [...install, run].join(" && "), language: "python" }];
};

const holdsPythonTests = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => /^test_.*\.py$|_test\.py$/.test(name));
