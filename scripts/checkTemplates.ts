// Checks the examples' CloudFormation templates: with cfn-lint where it is installed, else (or with --spec) against the
// resource specification that AWS publishes. Exits with 1, and each finding's file and path, when something is wrong.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { readTemplate } from "./templates/readTemplate.ts";
import { specFindings } from "./templates/specFindings.ts";

const ROOT = resolve(import.meta.dirname, "..");
const TEMPLATES = ["examples/cloudproviders/pipeline.yml", "examples/cloudproviders/sam-http.yml"];

const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const files = named.length > 0 ? named.map((file) => resolve(file)) : TEMPLATES.map((file) => resolve(ROOT, file));
const lint = process.argv.includes("--spec") ? undefined : runLinter(files);
process.exitCode = lint ?? runSpec(files);

/** cfn-lint's exit status as ours, or undefined where it is not installed. */
function runLinter(paths: readonly string[]): number | undefined {
  const run = spawnSync("cfn-lint", ["--", ...paths], { stdio: "inherit", cwd: ROOT });
  if (run.error !== undefined) {
    if ("code" in run.error && run.error.code === "ENOENT") return undefined;
    throw run.error;
  }
  if (run.status === 0) console.log(`cfn-lint: ${paths.length} templates are valid`);
  return run.status === 0 ? 0 : 1;
}

function runSpec(paths: readonly string[]): number {
  const findings = paths.flatMap((path) =>
    specFindings(readTemplate(readFileSync(path, "utf8"))).map(
      (finding) => `${relative(process.cwd(), path)}: ${finding.path}: ${finding.message}`,
    ),
  );
  for (const finding of findings) console.error(finding);
  if (findings.length === 0) console.log(`resource specification: ${paths.length} templates are valid`);
  return findings.length === 0 ? 0 : 1;
}
