import type { Sdk } from "../clients.ts";
import { CliError } from "../io.ts";
import { listOf } from "../s3/listing.ts";
import { type Stack, waitForStack } from "./stack.ts";

/** How the making of a change set ended; a problem is told in the words of the AWS CLI's waiter. */
export type ChangeSetEnd = "made" | "empty" | { readonly problem: string };

/** Waits until a change set is made. */
export const changeSetEnd = async (sdk: Sdk, StackName: string, ChangeSetName: string): Promise<ChangeSetEnd> => {
  try {
    await waitForStack(sdk, "ChangeSetCreateComplete", { StackName, ChangeSetName });
    return "made";
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const { Status, StatusReason } = await sdk.send("DescribeChangeSet", { StackName, ChangeSetName });
    const reason = String(StatusReason);
    if (NO_CHANGES.test(reason)) return "empty";
    const causes = reason.includes("EarlyValidation") ? await causesOf(sdk, StackName, ChangeSetName) : [];
    return { problem: [`${error.message.trim()} Status: ${Status}. Reason: ${reason}`, ...causes].join("\n") };
  }
};

/** What was found against a change set; AWS's own command leaves that to be asked for. */
const causesOf = async (sdk: Sdk, StackName: string, ChangeSetName: string): Promise<readonly string[]> => {
  const asked = { StackName, ChangeSetName, Filters: { FailedEvents: true } };
  const { OperationEvents } = await sdk.send("DescribeEvents", asked).catch((error: unknown) => {
    // Who may not look has the reason alone.
    if (error instanceof Error && error.name.startsWith("AccessDenied")) return { OperationEvents: [] };
    throw error;
  });
  return listOf(OperationEvents)
    .filter(({ EventType }) => EventType === "VALIDATION_ERROR")
    .map((event) => `${event["LogicalResourceId"]} (${event["ResourceType"]}): ${event["ValidationStatusReason"]}`);
};

const NO_CHANGES = /The submitted information didn't contain changes\.|No updates are to be performed/;

/** AWS: what is not overridden keeps its value where the stack has one, and its default otherwise. */
export const changeSetParameters = (
  names: readonly string[],
  overrides: ReadonlyMap<string, string>,
  existing: Stack | undefined,
): readonly object[] => {
  const known = new Set(listOf(existing?.["Parameters"]).map(({ ParameterKey }) => ParameterKey));
  return names.flatMap<object>((ParameterKey) => {
    const ParameterValue = overrides.get(ParameterKey);
    if (ParameterValue !== undefined) return [{ ParameterKey, ParameterValue }];
    return known.has(ParameterKey) ? [{ ParameterKey, UsePreviousValue: true }] : [];
  });
};
