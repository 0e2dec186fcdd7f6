import { isJsonObject } from "../../../kernel/json.ts";
import { invalidInput, resourceNotFound } from "../errors.ts";
import { nameOf } from "../find.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "policies" | "projects" | "reportGroups">;

export const putResourcePolicy =
  (room: Parts): Operation<"PutResourcePolicy"> =>
  async (_ctx, { policy, resourceArn }) => {
    if (!exists(room, resourceArn)) throw resourceNotFound(resourceArn);
    if (!isPolicyDocument(policy)) throw invalidInput("The policy is not a valid JSON policy document");
    room.policies.put(resourceArn, policy);
    return { resourceArn };
  };

export const getResourcePolicy =
  (room: Parts): Operation<"GetResourcePolicy"> =>
  async (_ctx, { resourceArn }) => {
    const policy = room.policies.get(resourceArn);
    if (policy === undefined) throw resourceNotFound(resourceArn);
    return { policy };
  };

/** AWS: deleting a policy that is not there succeeds. */
export const deleteResourcePolicy =
  (room: Parts): Operation<"DeleteResourcePolicy"> =>
  async (_ctx, { resourceArn }) => {
    room.policies.delete(resourceArn);
    return {};
  };

const exists = ({ projects, reportGroups }: Parts, arn: string): boolean =>
  reportGroups.has(arn) || (arn.includes(":project/") && projects.has(nameOf(arn)));

const isPolicyDocument = (text: string): boolean => {
  try {
    const document: unknown = JSON.parse(text);
    return isJsonObject(document) && "Statement" in document;
  } catch {
    return false; // Not JSON: refused by the caller.
  }
};
