import { resolve } from "node:path";
import type { Command } from "commander";
import { type InitResult, initProject, projectName } from "../../launch/init/init.ts";
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
    .option("-y, --yes", "ask nothing (it never does; for scripts that say so)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft init\n  aloft init --project my-app --data 'npm run seed'")
    .action((options) => {
      const output = createOutput(options.json === true);
      const folder = resolve(options.project);
      const result = initProject({
        folder,
        name: options.name ?? projectName(folder),
        ...(options.template ? { template: options.template } : {}),
        ...(options.data ? { data: options.data } : {}),
        force: options.force === true,
      });
      showInit(output, result);
      output.line(`Next: aloft launch${options.project === "." ? "" : ` --project ${options.project}`}`);
      output.result(result);
    });
};

/** What was found, and what was written for it. */
export const showInit = (output: Output, { template, functions, tests, data, written }: InitResult): void => {
  const counted = functions.map(({ name, runtime }) => (runtime === "" ? name : `${name} (${runtime})`));
  output.line(`template   ${template}${counted.length > 0 ? `: ${counted.join(", ")}` : ""}`);
  for (const test of tests) output.line(`tests      ${test}`);
  if (data !== undefined) output.line(`data       ${data}`);
  for (const file of written) output.line(`wrote      ${file}`);
};
