import { parseArn } from "../../kernel/arn.ts";
import { errorCode } from "../../kernel/errors.ts";
import { own } from "../../kernel/own.ts";
import { invalidValue } from "./errors.ts";
import type { Room } from "./room.ts";

interface CheckedRole {
  readonly role: string;
  readonly functionName: string;
}

type Means = Pick<Room, "assumeRole" | "contextAs">;

const SENDING: Readonly<Record<string, { readonly action: string; readonly words: string }>> = {
  sqs: { action: "sqs:SendMessage", words: "SendMessage on SQS" },
  sns: { action: "sns:Publish", words: "Publish on SNS" },
};

/** AWS: a function gets a target for its dead letters only where its role may send to it. Policies of the target are not asked. */
export const checkDeadLetters = async (
  room: Means,
  { target, ...checked }: CheckedRole & { readonly target?: string | undefined },
): Promise<void> => {
  const sending = own(SENDING, parseArn(target ?? "")?.service ?? "");
  if (target !== undefined && sending) await checkRole(room, checked, { ...sending, resource: target });
};

/** AWS: the same of a function whose invocations are traced, which its role must be allowed to tell X-Ray of. */
export const checkTracing = async (
  room: Means,
  { mode, ...checked }: CheckedRole & { readonly mode?: string | undefined },
): Promise<void> => {
  const sending = { action: "xray:PutTraceSegments", words: "PutTraceSegments on XRAY", resource: "*" };
  if (mode === "Active") await checkRole(room, checked, sending);
};

const checkRole = async (
  { assumeRole, contextAs }: Means,
  { role, functionName }: CheckedRole,
  { action, words, resource }: { readonly action: string; readonly words: string; readonly resource: string },
): Promise<void> => {
  const { principal } = await assumeRole(role, functionName);
  try {
    await contextAs(principal).authorize([{ action, resource }]);
  } catch (error) {
    if (!errorCode(error).startsWith("AccessDenied")) throw error;
    throw invalidValue(`The provided execution role does not have permissions to call ${words}`);
  }
};
