import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Capability } from "@aws-sdk/client-cloudformation";
import type { Command } from "commander";
import { readTemplate } from "../../awscli/cloudformation/template.ts";
import { type ChangeSetOutcome, deployByChangeSet } from "../../launch/changeSet.ts";
import { clientsFor, type Target } from "../../launch/target.ts";
import { type Packaged, packageFor, templatePath } from "../artifacts.ts";
import { targetFrom, withTargetOptions } from "../cloudHere.ts";
import { pairsOf } from "../pairs.ts";
import { createOutput, type Output } from "../render/output.ts";
import { progressLines } from "../render/progress.ts";
import { UsageError } from "../settings.ts";

const CAPABILITIES: readonly Capability[] = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];

export const registerDeploy = (program: Command): void => {
  withTargetOptions(program.command("deploy"))
    .description("Package a template and bring a stack to it by a change set, telling what happens")
    .option("--template <file>", "the template; template.yaml and its like when absent")
    .option("--stack-name <name>", "the stack; named after the template's folder when absent")
    .option("--parameter <name=value...>", "a parameter of the template", [])
    .option("--tag <name=value...>", "a tag of the stack", [])
    .option("--bucket <name>", "where code goes; a bucket of aloft's own when absent")
    .option("--prefix <prefix>", "put before each key")
    .option("--role-arn <arn>", "the role CloudFormation deploys under")
    .option("--capability <name...>", "what the template may do; all of it when absent", [...CAPABILITIES])
    .option("--no-execute", "only make the change set, and show it")
    .option("--disable-rollback", "keep what was made when something fails")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft deploy\n  aloft deploy --stack-name shop --parameter Stage=prod\n  aloft deploy --no-execute --json\n  aloft deploy --target aws --region eu-west-1",
    )
    .action(async (options) => {
      const output = createOutput(options.json === true);
      const parameters = pairsOf(options.parameter, "--parameter");
      const tags = pairsOf(options.tag, "--tag");
      const target = await targetFrom(options);
      const path = templatePath(options.template);
      const stackName = options.stackName ?? stackNameOf(path);
      const packaged = await packageFor(target, options, output);
      const outcome = await deployByChangeSet(
        clientsFor(target),
        {
          stackName,
          changeSetName: `aloft-deploy-${process.pid}-${process.hrtime.bigint()}`,
          template: await templateOf(packaged, target),
          parameters,
          parameterNames: (await readTemplate(path)).parameterNames,
          capabilities: options.capability,
          roleArn: options.roleArn,
          tags,
          execute: options.execute,
          disableRollback: options.disableRollback === true,
        },
        progressLines(output),
      );
      show(output, stackName, packaged, outcome);
    });
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_INLINE_BYTES = 51_200;

const templateOf = async ({ text, uploader, bucket }: Packaged, { region, endpoint }: Target) => {
  if (Buffer.byteLength(text) <= MAX_INLINE_BYTES) return { body: text };
  const folder = await mkdtemp(join(tmpdir(), "aloft-deploy-"));
  try {
    const file = join(folder, "packaged.template");
    await writeFile(file, text);
    const key = await uploader.upload(file, "template");
    return { url: endpoint ? `${endpoint}/${bucket}/${key}` : `https://s3.${region}.amazonaws.com/${bucket}/${key}` };
  } finally {
    await rm(folder, { recursive: true });
  }
};

const stackNameOf = (template: string): string => {
  const name = basename(dirname(resolve(template)))
    .replace(/[^A-Za-z0-9-]+/g, "-")
    .replace(/^[^A-Za-z]+|-+$/g, "");
  if (name === "")
    throw new UsageError("The template's folder gives no name for the stack; name it with --stack-name.");
  return name;
};

const show = (output: Output, stackName: string, packaged: Packaged, outcome: ChangeSetOutcome): void => {
  const { stack, changes, changeSetId } = outcome;
  const outputs = Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  output.line();
  if (!stack) {
    output.line(`Next: aws cloudformation execute-change-set --change-set-name ${changeSetId}`);
  }
  for (const [name, value] of Object.entries(outputs)) output.line(`${name.padEnd(22)} ${value}`);
  output.result({
    stackName,
    ...(stack ? { stackId: stack.StackId, status: stack.StackStatus } : { changeSetId }),
    changes,
    outputs,
    uploaded: packaged.uploaded,
    unchanged: packaged.unchanged,
  });
};
