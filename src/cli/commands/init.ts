import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { type InitResult, planInit, projectName } from "../../launch/init/init.ts";
import { canAsk, confirm } from "../confirm.ts";
import { CliError } from "../failure.ts";
import { projectFolder } from "../projectFolder.ts";
import { createOutput, type Output } from "../render/output.ts";

export const registerInit = (program: Command): void => {
  program
    .command("init")
    .description("Write pipeline.yml and its buildspecs for the SAM project in this folder")
    .option("--project <dir>", "the folder with the SAM template", ".")
    .option("--template <file>", "the template; template.yaml and its like when absent")
    .option("--name <name>", "what the pipeline is called; the folder's name when absent")
    .option(
      "--data <command>",
      "fills in data after each deployment; a script data or seed of package.json when absent",
    )
    .option("--force", "write over files that are there")
    .option("-y, --yes", "ask nothing")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft init\n  aloft init --project my-app --data 'npm run seed'")
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const folder = projectFolder(options.project);
      const { write, ...result } = planInit({
        folder,
        name: options.name ?? projectName(folder),
        ...(options.template ? { template: options.template } : {}),
        ...(options.data ? { data: options.data } : {}),
        force: options.force === true,
      });
      await showFound(output, folder, result);
      const ask = options.yes !== true && !output.json && canAsk();
      if (ask && !(await confirm(`Write ${result.written.join(", ")} into ${folder}?`)))
        throw new CliError("Nothing was written.", "aloft init --yes");
      write();
      showWritten(output, result);
      output.line(`Next: aloft launch${options.project === "." ? "" : ` --project ${options.project}`}`);
      output.result(result);
    });
};

/** What was found in the project, and what of it cannot be deployed here yet. Throws when its template is none. */
export const showFound = async (
  output: Output,
  folder: string,
  { template, functions, tests, data }: InitResult,
): Promise<void> => {
  // Read where it is needed alone: a launch of a project that has its pipeline starts without it.
  const { unbuiltIn, unbuiltSentence } = await import("../../unbuilt.ts");
  const unbuilt = await unbuiltIn(readFileSync(join(folder, template), "utf8"));
  const counted = functions.map(({ name, runtime }) => (runtime === "" ? name : `${name} (${runtime})`));
  output.line(`template   ${template}${counted.length > 0 ? `: ${counted.join(", ")}` : ""}`);
  for (const test of tests) output.line(`tests      ${test}`);
  if (data !== undefined) output.line(`data       ${data}`);
  for (const resource of unbuilt) output.line(`unbuilt    ${unbuiltSentence(resource)}: here its deployment fails`);
};

/** What was written for it. */
export const showWritten = (output: Output, { written }: InitResult): void => {
  for (const file of written) output.line(`wrote      ${file}`);
};
