import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { samTransformBatch, samTransformText } from "../../services/cloudformation/transform/command.ts";
import type { SamOptions } from "../../services/cloudformation/transform/options.ts";
import { UsageError } from "../settings.ts";

export const registerSam = (program: Command): void => {
  program
    .command("sam")
    .description("Work with SAM templates")
    .command("transform")
    .description("Print the processed template of the SAM template on standard input, as JSON")
    .option("--region <region>", "the region to transform for", "us-east-1")
    .option("--partition <partition>", "the partition; the region's own when absent")
    .option("--parameters <json>", "values of the template's parameters")
    .option("--managed-policies <file>", "a JSON file with ARNs of managed policies by name")
    .option("--batch", "one JSON request per line in, one JSON answer per line out")
    .addHelpText(
      "after",
      '\nExamples:\n  aloft sam transform < template.yml\n  aloft sam transform --region eu-west-1 --parameters \'{"Stage":"prod"}\' < template.yml',
    )
    .action(async (options) => {
      const sam = samOptions(options);
      if (options.batch) {
        for await (const answer of samTransformBatch(createInterface({ input: process.stdin }), sam))
          process.stdout.write(`${answer}\n`);
        return;
      }
      const { stdout, stderr, exitCode } = samTransformText(await text(process.stdin), sam);
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      process.exitCode = exitCode;
    });
};

type RawOptions = Readonly<Record<string, string | undefined>>;

const samOptions = ({ region = "us-east-1", partition, parameters, managedPolicies }: RawOptions): SamOptions => ({
  region,
  ...(partition === undefined ? {} : { partition }),
  ...(parameters === undefined ? {} : { parameters: parsed(parameters, "--parameters") }),
  ...(managedPolicies === undefined
    ? {}
    : { managedPolicies: parsed(readFileSync(managedPolicies, "utf8"), "--managed-policies") }),
});

const parsed = (json: string, option: string) => {
  try {
    return JSON.parse(json);
  } catch {
    throw new UsageError(`${option} takes a JSON object.`);
  }
};
