import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { isPublicPolicy } from "../../../kernel/publicPolicy.ts";
import { malformedPolicy, publicPolicy } from "../errors.ts";
import { findOwnSecret, findSecret } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { secretNameView } from "../views.ts";

type Parts = Pick<Room, "secrets" | "clock" | "policies">;

export const getResourcePolicy =
  (room: Parts): Operation<"GetResourcePolicy"> =>
  async (_ctx, input) => {
    const secret = findSecret(room, input.SecretId);
    return { ...secretNameView(secret), ResourcePolicy: room.policies.get(secret.arn) };
  };

export const putResourcePolicy =
  (room: Parts): Operation<"PutResourcePolicy"> =>
  async (_ctx, input) => {
    const secret = findOwnSecret(room, input.SecretId);
    const policy = policyFrom(input.ResourcePolicy);
    if (input.BlockPublicPolicy && isPublicPolicy(policy)) throw publicPolicy();
    room.policies.put(secret.arn, input.ResourcePolicy);
    return secretNameView(secret);
  };

export const deleteResourcePolicy =
  (room: Parts): Operation<"DeleteResourcePolicy"> =>
  async (_ctx, input) => {
    const secret = findOwnSecret(room, input.SecretId);
    room.policies.delete(secret.arn);
    return secretNameView(secret);
  };

/** AWS: the policy's grammar is checked, and whether it lets in anyone. Differs: not whether it locks out the caller. */
export const validateResourcePolicy =
  (room: Parts & Pick<Room, "contextAs">): Operation<"ValidateResourcePolicy"> =>
  async (ctx, input) => {
    if (input.SecretId !== undefined) findSecret(room, input.SecretId);
    const fault = await grammarFault(room.contextAs(rootOf(ctx.account)), input.ResourcePolicy);
    const ValidationErrors = [
      ...(fault === undefined ? [] : [{ CheckName: "SYNTAX_CHECK", ErrorMessage: fault }]),
      ...(isPublicPolicy(policyFrom(input.ResourcePolicy))
        ? [{ CheckName: "PUBLIC_ACCESS_CHECK", ErrorMessage: publicPolicy().message }]
        : []),
    ];
    return { PolicyValidationPassed: ValidationErrors.length === 0, ValidationErrors };
  };

/** What IAM, which knows the grammar, has against a policy. */
const grammarFault = async (
  iam: ReturnType<Room["contextAs"]>,
  ResourcePolicy: string,
): Promise<string | undefined> => {
  const ActionNames = ["secretsmanager:GetSecretValue"];
  try {
    await iam.call("iam", "SimulateCustomPolicy", { PolicyInputList: [], ActionNames, ResourcePolicy });
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return errorMessage(error);
  }
};

const policyFrom = (text: string): JsonObject => {
  const document = parsed(text);
  if (isJsonObject(document) && "Statement" in document) return document;
  throw malformedPolicy();
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedPolicy();
  }
};
