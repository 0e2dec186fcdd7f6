import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { packageFor } from "../artifacts.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { createOutput } from "../render/output.ts";

export const registerPackage = (program: Command): void => {
  withTargetOptions(program.command("package"))
    .description("Upload the code and the nested templates a template names, and print it with their places")
    .option("--template <file>", "the template; template.yaml and its like when absent")
    .option("--bucket <name>", "where to; a bucket of aloft's own when absent")
    .option("--prefix <prefix>", "put before each key")
    .option("--output <file>", "write the packaged template there instead of printing it")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft package --output packaged.yaml\n  aloft package --template app/template.yml --bucket my-artifacts --target aws",
    )
    .action(async (options) => {
      const isPrinted = options.output === undefined;
      // What is printed may be piped into a file: then nothing else goes with it.
      const output = createOutput(options.json === true || isPrinted);
      const packaged = await packageFor(await targetFrom(options), options, output);
      const { text, bucket, uploaded, unchanged } = packaged;
      if (!isPrinted) await writeFile(options.output, text);
      if (options.json) {
        const template = isPrinted ? { template: text } : { output: options.output };
        output.result({ bucket, uploaded, unchanged, ...template });
      } else if (isPrinted) process.stdout.write(text);
      else
        output.line(
          `Written to ${options.output}.\nNext: aloft deploy --template ${options.output} --stack-name <name>`,
        );
    });
};
