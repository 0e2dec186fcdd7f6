import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { errorMessage } from "../../kernel/errors.ts";
import { loadSdk, type Sdk } from "../clients.ts";
import type { CommandLine } from "../commandLine.ts";
import { type Arity, splitKnown } from "../input/options.ts";
import { CliError, EXIT, type Io, usageError } from "../io.ts";
import { serviceErrorCode } from "../report.ts";
import { listOf } from "../s3/listing.ts";
import { MAX_WAIT_SECONDS, PACE, waitFor } from "../waiters.ts";
import { parameterOverrides } from "./parameters.ts";
import { readTemplate } from "./template.ts";
import { createUploader } from "./upload.ts";

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
    ...(await templateSource(
      path,
      { bucket: one("s3-bucket"), prefix: one("s3-prefix"), kmsKeyId: one("kms-key-id") },
      globals,
      io,
    )),
    Parameters: parametersOf((await readTemplate(path)).parameterNames, overrides, existing),
    Capabilities: options.get("capabilities"),
    RoleARN: one("role-arn"),
    NotificationARNs: options.get("notification-arns"),
    Tags: (options.get("tags") ?? []).map(pairOf).map(([Key, Value]) => ({ Key, Value })),
  });
  io.out("\nWaiting for changeset to be created..\n");
  const isEmpty = await changeSetMade(sdk, { stack, name, id: String(Id) });
  if (isEmpty) {
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

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_INLINE_BYTES = 51_200;

type Stack = Readonly<Record<string, unknown>>;

/** A stack that can be updated; one under review has yet to be created. */
const findStack = async (sdk: Sdk, StackName: string): Promise<Stack | undefined> => {
  try {
    const { Stacks } = await sdk.send("DescribeStacks", { StackName });
    const [stack] = listOf(Stacks);
    return stack?.["StackStatus"] === "REVIEW_IN_PROGRESS" ? undefined : stack;
  } catch (error) {
    if (serviceErrorCode(error) === "ValidationError" && errorMessage(error).includes("does not exist"))
      return undefined;
    throw error;
  }
};

const templateSource = async (
  path: string,
  upload: {
    readonly bucket: string | undefined;
    readonly prefix: string | undefined;
    readonly kmsKeyId: string | undefined;
  },
  globals: CommandLine["globals"],
  io: Io,
): Promise<object> => {
  const { bucket, ...more } = upload;
  if (bucket !== undefined) {
    const uploader = createUploader(await loadSdk("s3api", globals, io), { bucket, ...more, force: false }, io);
    return {
      TemplateURL: `https://s3.${globals.region}.amazonaws.com/${bucket}/${await uploader.upload(path, "template")}`,
    };
  }
  const { size } = await stat(path).catch(() => {
    throw new CliError(`\nInvalid template path ${path}`);
  });
  if (size > MAX_INLINE_BYTES)
    throw new CliError(
      "\nTemplates with a size greater than 51,200 bytes must be deployed via an S3 Bucket. Please add the --s3-bucket parameter to your command. The local template will be copied to that S3 bucket and then deployed.",
    );
  return { TemplateBody: await readFile(path, "utf8") };
};

/** AWS: what is not overridden keeps its value where the stack has one, and its default otherwise. */
const parametersOf = (
  names: readonly string[],
  overrides: ReadonlyMap<string, string>,
  existing: Stack | undefined,
) => {
  const known = new Set(listOf(existing?.["Parameters"]).map(({ ParameterKey }) => ParameterKey));
  return names.flatMap<object>((ParameterKey) => {
    const ParameterValue = overrides.get(ParameterKey);
    if (ParameterValue !== undefined) return [{ ParameterKey, ParameterValue }];
    return known.has(ParameterKey) ? [{ ParameterKey, UsePreviousValue: true }] : [];
  });
};

const pairOf = (word: string): readonly [string, string] => {
  const equals = word.indexOf("=");
  if (equals < 0) throw usageError(`['${word}'] value passed to --tags must be of format Key=Value`);
  return [word.slice(0, equals), word.slice(equals + 1)];
};

/** True when the change set has no changes; throws when it failed for another reason. */
const changeSetMade = async (
  sdk: Sdk,
  { stack, name }: { stack: string; name: string; id: string },
): Promise<boolean> => {
  try {
    await runWaiterOf(sdk, "ChangeSetCreateComplete", { StackName: stack, ChangeSetName: name });
    return false;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const { Status, StatusReason } = await sdk.send("DescribeChangeSet", { StackName: stack, ChangeSetName: name });
    const reason = String(StatusReason);
    if (
      reason.includes("The submitted information didn't contain changes.") ||
      reason.includes("No updates are to be performed")
    )
      return true;
    throw new CliError(
      `\nFailed to create the changeset: ${error.message.trim()} Status: ${Status}. Reason: ${reason}`,
    );
  }
};

const stackDone = async (sdk: Sdk, StackName: string, update: boolean): Promise<void> => {
  try {
    await runWaiterOf(sdk, update ? "StackUpdateComplete" : "StackCreateComplete", { StackName });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(
      `\nFailed to create/update the stack. Run the following command\nto fetch the list of events leading up to the failure\naws cloudformation describe-stack-events --stack-name ${StackName}`,
    );
  }
};

const runWaiterOf = (sdk: Sdk, name: string, input: object): Promise<void> => {
  const wait = sdk.member(`waitUntil${name}`);
  if (typeof wait !== "function") throw new CliError(`there is no waiter ${name}`);
  return waitFor(name, () => wait({ client: sdk.client, ...PACE, maxWaitTime: MAX_WAIT_SECONDS }, input));
};
