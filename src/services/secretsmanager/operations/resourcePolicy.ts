import { MalformedPolicyDocumentException } from "@aws-sdk/client-secrets-manager";
import { isJsonObject } from "../../../kernel/json.ts";
import { findLiveSecret, findSecret } from "../find.ts";
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
    const secret = findLiveSecret(room, input.SecretId);
    if (!isPolicyDocument(input.ResourcePolicy)) {
      throw new MalformedPolicyDocumentException({
        message: "This resource policy contains invalid Json",
        $metadata: {},
      });
    }
    room.policies.put(secret.arn, input.ResourcePolicy);
    return secretNameView(secret);
  };

export const deleteResourcePolicy =
  (room: Parts): Operation<"DeleteResourcePolicy"> =>
  async (_ctx, input) => {
    const secret = findLiveSecret(room, input.SecretId);
    room.policies.delete(secret.arn);
    return secretNameView(secret);
  };

const isPolicyDocument = (text: string): boolean => {
  try {
    const document: unknown = JSON.parse(text);
    return isJsonObject(document) && "Statement" in document;
  } catch {
    // Not JSON: refused by the caller.
    return false;
  }
};
