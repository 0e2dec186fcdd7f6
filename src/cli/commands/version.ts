import type { Command } from "commander";
import { version, versionText } from "../../version.ts";
import { createOutput } from "../render/output.ts";

export const registerVersion = (program: Command): void => {
  program
    .command("version")
    .description("Print the version")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft version\n  aloft version --json")
    .action((options) => {
      const output = createOutput(options.json === true);
      output.line(versionText);
      output.result({ aloft: version, node: process.versions.node });
    });
};
