import { parseArn } from "../../kernel/arn.ts";
import { errorCode } from "../../kernel/errors.ts";
import { own } from "../../kernel/own.ts";
import { invalidValue } from "./errors.ts";
import type { Room } from "./room.ts";

const SENDING: Readonly<Record<string, { readonly action: string; readonly words: string }>> = {
  sqs: { action: "sqs:SendMessage", words: "SendMessage on SQS" },
  sns: { action: "sns:Publish", words: "Publish on SNS" },
};

/** AWS: a function gets a target for its dead letters only where its role may send to it. Policies of the target are not asked. */
export const checkDeadLetters = async (
  { assumeRole, contextAs }: Pick<Room, "assumeRole" | "contextAs">,
  {
    role,
    functionName,
    target,
  }: { readonly role: string; readonly functionName: string; readonly target?: string | undefined },
): Promise<void> => {
  const sending = own(SENDING, parseArn(target ?? "")?.service ?? "");
  if (target === undefined || !sending) return;
  const { principal } = await assumeRole(role, functionName);
  try {
    await contextAs(principal).authorize([{ action: sending.action, resource: target }]);
  } catch (error) {
    if (!errorCode(error).startsWith("AccessDenied")) throw error;
    throw invalidValue(`The provided execution role does not have permissions to call ${sending.words}`);
  }
};
