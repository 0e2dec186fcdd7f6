import { errorCode, errorMessage } from "../../kernel/errors.ts";
import { rootOf } from "../../kernel/principal.ts";
import { malformedPolicy, packedPolicyTooLarge, validationError } from "./errors.ts";
import { MAX_PACKED_CHARACTERS, MAX_SESSION_POLICY_ARNS } from "./limits.ts";
import type { Room } from "./room.ts";

export interface SessionPolicyInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
}

interface PassedPolicies {
  readonly sessionPolicies?: readonly string[];
  readonly packedPercent?: number;
}

/** The documents a caller passes to bind the session, its own and those of managed policies, read as the account. */
export const passedPolicies = async (
  { contextAs }: Pick<Room, "contextAs">,
  account: string,
  { Policy, PolicyArns = [] }: SessionPolicyInput,
): Promise<PassedPolicies> => {
  if (Policy === undefined && PolicyArns.length === 0) return {};
  if (PolicyArns.length > MAX_SESSION_POLICY_ARNS) {
    throw validationError(`The number of managed policies exceeds the limit of ${MAX_SESSION_POLICY_ARNS}.`);
  }
  const managed: string[] = [];
  for (const { arn = "" } of PolicyArns) managed.push(await managedDocument(contextAs(rootOf(account)), arn));
  if (Policy !== undefined) await checkPolicy(contextAs(rootOf(account)), Policy);
  const own = Policy === undefined ? [] : [Policy];
  const packed = own.join("").replace(/\s/g, "").length + PolicyArns.reduce((sum, { arn = "" }) => sum + arn.length, 0);
  const packedPercent = Math.ceil((packed / MAX_PACKED_CHARACTERS) * 100);
  if (packedPercent > 100) throw packedPolicyTooLarge(packedPercent);
  return { sessionPolicies: [...own, ...managed], packedPercent };
};

const managedDocument = async (ctx: ReturnType<Room["contextAs"]>, arn: string): Promise<string> => {
  const { Policy } = await ctx.call("iam", "GetPolicy", { PolicyArn: arn });
  const { PolicyVersion } = await ctx.call("iam", "GetPolicyVersion", {
    PolicyArn: arn,
    VersionId: Policy?.DefaultVersionId,
  });
  return decodeURIComponent(PolicyVersion?.Document ?? "");
};

/** IAM knows the grammar: it refuses to simulate with a policy that breaks it, in the words STS uses too. */
const checkPolicy = async (ctx: ReturnType<Room["contextAs"]>, text: string): Promise<void> => {
  try {
    await ctx.call("iam", "SimulateCustomPolicy", { PolicyInputList: [text], ActionNames: ["sts:AssumeRole"] });
  } catch (error) {
    if (errorCode(error) !== "MalformedPolicyDocumentException") throw error;
    throw malformedPolicy(errorMessage(error));
  }
};
