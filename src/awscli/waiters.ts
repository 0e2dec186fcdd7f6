import { isRecord, type Sdk } from "./clients.ts";
import type { Globals } from "./globals.ts";
import { CliError, type Io, usageError } from "./io.ts";
import { nameOf } from "./names.ts";
import { inputOf } from "./operation.ts";

/** `aws X wait Y`: returns when it is so, fails when it never will be. */
export const runWaiter = async (
  sdk: Sdk,
  [word, ...words]: readonly string[],
  globals: Globals,
  io: Io,
): Promise<void> => {
  if (word === undefined) throw usageError("the following arguments are required: waiter");
  const names = sdk.memberNames.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  const name = nameOf(word, names);
  const wait = name === undefined ? undefined : sdk.member(`${PREFIX}${name}`);
  if (name === undefined || !isWaiter(wait)) throw usageError(`argument operation: Found invalid choice '${word}'`);
  const { input } = await inputOf({ input: anyInput(sdk, name) }, words, globals, io);
  await waitFor(name, () => wait({ client: sdk.client, ...PACE, maxWaitTime: MAX_WAIT_SECONDS }, input));
};

/** Runs a waiter of the SDK; its failure is told as the AWS CLI does. */
export const waitFor = async (name: string, wait: () => Promise<unknown>): Promise<void> => {
  try {
    await wait();
  } catch (error) {
    const state = stateOf(error);
    if (state === undefined) throw error;
    const reason =
      state === "TIMEOUT"
        ? "Max attempts exceeded"
        : "Waiter encountered a terminal failure state: matched its conditions of failure";
    throw new CliError(`\nWaiter ${name} failed: ${reason}`);
  }
};

/** A cloud on this machine answers in milliseconds: look often, at first. */
export const PACE = { minDelay: 0.1, maxDelay: 3 } as const;
export const MAX_WAIT_SECONDS = 3_600;

const PREFIX = "waitUntil";

type Waiter = (config: object, input: object) => Promise<unknown>;
const isWaiter = (value: unknown): value is Waiter => typeof value === "function";

/** The SDK reports a waiter's end as an error whose message is its result as JSON. */
const stateOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "TimeoutError") return "TIMEOUT";
  try {
    const result: unknown = JSON.parse(error.message);
    return isRecord(result) && typeof result["state"] === "string" ? result["state"] : undefined;
  } catch {
    return undefined; // An ordinary error.
  }
};

/** The operation a waiter polls. The SDK does not say which: by the names of the services' waiters. */
const anyInput = (sdk: Sdk, waiter: string) => {
  const operation = POLLED[waiter] ?? guess(sdk, waiter);
  const model = operation === undefined ? undefined : sdk.model.operation(operation);
  if (!model) throw usageError(`argument operation: Found invalid choice '${waiter}'`);
  return model.input;
};

const POLLED: Readonly<Record<string, string>> = {
  StackExists: "DescribeStacks",
  ChangeSetCreateComplete: "DescribeChangeSet",
  StackRefactorCreateComplete: "DescribeStackRefactor",
  StackRefactorExecuteComplete: "DescribeStackRefactor",
  TypeRegistrationComplete: "DescribeTypeRegistration",
  TableExists: "DescribeTable",
  TableNotExists: "DescribeTable",
  ContributorInsightsEnabled: "DescribeContributorInsights",
  BucketExists: "HeadBucket",
  BucketNotExists: "HeadBucket",
  ObjectExists: "HeadObject",
  ObjectNotExists: "HeadObject",
  FunctionExists: "GetFunction",
  FunctionActive: "GetFunctionConfiguration",
  FunctionActiveV2: "GetFunction",
  FunctionUpdated: "GetFunctionConfiguration",
  FunctionUpdatedV2: "GetFunction",
  PublishedVersionActive: "GetFunctionConfiguration",
  DeploymentSuccessful: "GetDeployment",
  CommandExecuted: "GetCommandInvocation",
  RoleExists: "GetRole",
  UserExists: "GetUser",
  PolicyExists: "GetPolicy",
  InstanceProfileExists: "GetInstanceProfile",
  AlarmExists: "DescribeAlarms",
  CompositeAlarmExists: "DescribeAlarms",
  ImageScanComplete: "DescribeImageScanFindings",
  LifecyclePolicyPreviewComplete: "GetLifecyclePolicyPreview",
};

const guess = (sdk: Sdk, waiter: string): string | undefined => {
  if (waiter.startsWith("Stack")) return "DescribeStacks";
  return sdk.model.operationNames.find((name) => name === `Describe${waiter}` || name === `Get${waiter}`);
};
