import { resolve } from "node:path";
import { loadSdk, type Sdk } from "../clients.ts";
import type { CommandLine } from "../commandLine.ts";
import { type Arity, splitKnown } from "../input/options.ts";
import { CliError, EXIT, usageError } from "../io.ts";
import { changeSetEnd, changeSetParameters } from "./changeSet.ts";
import { parameterOverrides } from "./parameters.ts";
import { findStack, waitForStack } from "./stack.ts";
import { readTemplate } from "./template.ts";
import { templateSource } from "./templateSource.ts";
import { createUploader, type Uploader } from "./upload.ts";

/** `aws cloudformation deploy`: a change set, made, executed and waited for. */
export const deploy = async (
  { words, globals, io }: CommandLine,
  names: (operation: string) => void,
): Promise<number> => {
  const { options } = splitKnown(words, ARITY);
  const one = (option: string) => options.get(option)?.[0];
  const stack = one("stack-name");
  const file = one("template-file");
  if (stack === undefined || file === undefined)
    throw usageError("the following arguments are required: --template-file, --stack-name");
  const sdk = await loadSdk("cloudformation", globals, io);
  names("DescribeStacks");
  const existing = await findStack(sdk, stack);
  names("CreateChangeSet");
  const path = resolve(io.cwd, file);
  // The AWS CLI counts seconds; here two deployments may follow within one.
  const name = `awscli-cloudformation-package-deploy${io.now()}`;
  const overrides = await parameterOverrides(options.get("parameter-overrides") ?? [], io);
  const { Id } = await sdk.send("CreateChangeSet", {
    StackName: stack,
    ChangeSetName: name,
    ChangeSetType: existing ? "UPDATE" : "CREATE",
    Description: `Created by AWS CLI at ${new Date(io.now()).toISOString()} UTC`,
    ...(await templateSource(path, await uploaderOf(one, globals, io), globals.region)),
    Parameters: changeSetParameters((await readTemplate(path)).parameterNames, overrides, existing),
    Capabilities: options.get("capabilities"),
    RoleARN: one("role-arn"),
    NotificationARNs: options.get("notification-arns"),
    Tags: (options.get("tags") ?? []).map(pairOf).map(([Key, Value]) => ({ Key, Value })),
  });
  io.out("\nWaiting for changeset to be created..\n");
  const end = await changeSetEnd(sdk, stack, name);
  if (typeof end === "object") throw new CliError(`\nFailed to create the changeset: ${end.problem}`);
  if (end === "empty") {
    io.out(`\nNo changes to deploy. Stack ${stack} is up to date\n`);
    return options.has("fail-on-empty-changeset") ? EXIT.general : EXIT.ok;
  }
  if (options.has("no-execute-changeset")) {
    io.out(
      `Changeset created successfully. Run the following command to review changes:\naws cloudformation describe-change-set --change-set-name ${Id}\n`,
    );
    return EXIT.ok;
  }
  names("ExecuteChangeSet");
  await sdk.send("ExecuteChangeSet", {
    StackName: stack,
    ChangeSetName: name,
    ...(options.has("disable-rollback") ? { DisableRollback: true } : {}),
  });
  io.out("Waiting for stack create/update to complete\n");
  await stackDone(sdk, stack, existing !== undefined);
  io.out(`Successfully created/updated stack - ${stack}\n`);
  return EXIT.ok;
};

const ARITY: Readonly<Record<string, Arity>> = {
  "template-file": "one",
  "stack-name": "one",
  "s3-bucket": "one",
  "s3-prefix": "one",
  "kms-key-id": "one",
  "role-arn": "one",
  "parameter-overrides": "many",
  capabilities: "many",
  "notification-arns": "many",
  tags: "many",
  "force-upload": "none",
  "no-execute-changeset": "none",
  "execute-changeset": "none",
  "fail-on-empty-changeset": "none",
  "no-fail-on-empty-changeset": "none",
  "disable-rollback": "none",
  "no-disable-rollback": "none",
};

const uploaderOf = async (
  one: (option: string) => string | undefined,
  globals: CommandLine["globals"],
  io: CommandLine["io"],
): Promise<Uploader | undefined> => {
  const bucket = one("s3-bucket");
  if (bucket === undefined) return undefined;
  const upload = { bucket, prefix: one("s3-prefix"), kmsKeyId: one("kms-key-id"), force: false };
  return createUploader(await loadSdk("s3api", globals, io), upload, io);
};

const pairOf = (word: string): readonly [string, string] => {
  const equals = word.indexOf("=");
  if (equals < 0) throw usageError(`['${word}'] value passed to --tags must be of format Key=Value`);
  return [word.slice(0, equals), word.slice(equals + 1)];
};

const stackDone = async (sdk: Sdk, StackName: string, update: boolean): Promise<void> => {
  try {
    await waitForStack(sdk, update ? "StackUpdateComplete" : "StackCreateComplete", { StackName });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(
      `\nFailed to create/update the stack. Run the following command\nto fetch the list of events leading up to the failure\naws cloudformation describe-stack-events --stack-name ${StackName}`,
    );
  }
};
