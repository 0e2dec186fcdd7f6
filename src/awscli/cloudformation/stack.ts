import { errorMessage } from "../../kernel/errors.ts";
import type { Sdk } from "../clients.ts";
import { CliError } from "../io.ts";
import { serviceErrorCode } from "../report.ts";
import { listOf } from "../s3/listing.ts";
import { MAX_WAIT_SECONDS, PACE, waitFor } from "../waiters.ts";

export type Stack = Readonly<Record<string, unknown>>;

/** The stack of a name, whatever its state. */
export const describeStack = async (sdk: Pick<Sdk, "send">, StackName: string): Promise<Stack | undefined> => {
  try {
    const { Stacks } = await sdk.send("DescribeStacks", { StackName });
    return listOf(Stacks)[0];
  } catch (error) {
    if (serviceErrorCode(error) === "ValidationError" && errorMessage(error).includes("does not exist"))
      return undefined;
    throw error;
  }
};

/** A stack that can be updated; one under review has yet to be created. */
export const findStack = async (sdk: Pick<Sdk, "send">, name: string): Promise<Stack | undefined> => {
  const stack = await describeStack(sdk, name);
  return stack?.["StackStatus"] === "REVIEW_IN_PROGRESS" ? undefined : stack;
};

/** Runs one of CloudFormation's waiters, such as `StackCreateComplete`. Throws a CliError when it fails. */
export const waitForStack = (sdk: Sdk, waiter: string, input: object): Promise<void> => {
  const wait = sdk.member(`waitUntil${waiter}`);
  if (typeof wait !== "function") throw new CliError(`there is no waiter ${waiter}`);
  return waitFor(waiter, () => wait({ client: sdk.client, ...PACE, maxWaitTime: MAX_WAIT_SECONDS }, input));
};
