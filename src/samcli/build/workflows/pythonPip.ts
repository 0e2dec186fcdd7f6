import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { copyTree } from "../copyTree.ts";
import { step, type Work } from "./work.ts";

const NAME = "PythonPipBuilder";

/** AWS: compiled files, environments, caches and editors' folders stay behind. */
const EXCLUDED =
  /^(\.aws-sam|\.chalice|\.git|\.gitignore|.*\.pyc|__pycache__|.*\.so|\.Python|.*\.egg-info|.*\.egg|pip-log\.txt|pip-delete-this-directory\.txt|htmlcov|\.tox|\.nox|\.coverage|\.cache|\.pytest_cache|\.python-version|\.mypy_cache|\.dmypy\.json|\.pyre|\.env|\.venv|venv|venv\.bak|env\.bak|ENV|env|\.vscode|\.idea)$/;

/** Python with pip: what `requirements.txt` names beside the code. */
export const pythonPip = async (work: Work): Promise<void> => {
  const { source, artifacts, env, run, say } = work;
  const manifest = work.manifest ?? join(source, "requirements.txt");
  if (existsSync(manifest)) {
    await step(work, `${NAME}:ResolveDependencies`, async () => {
      await mkdir(artifacts, { recursive: true });
      // Differs: packages are those of this machine's Python and architecture, on which the function runs, too.
      const options = ["--no-compile", "--disable-pip-version-check", "--quiet"];
      await run(["python3", "-m", "pip", "install", ...options, "--requirement", manifest, "--target", artifacts], {
        cwd: source,
        env,
      });
    });
  } else say("requirements.txt file not found. Continuing the build without dependencies.");
  await step(work, `${NAME}:CopySource`, () => copyTree(source, artifacts, EXCLUDED));
};
