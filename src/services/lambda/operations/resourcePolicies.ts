import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { httpStatus } from "../../../kernel/operation.ts";
import { invalidValue, noSuchResource } from "../errors.ts";
import { findQualified, functionReference } from "../find.ts";
import { policyDocument } from "../policy.ts";
import { LATEST, type PolicyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkRevision, located } from "./permissions.ts";

/** Puts a policy whole in place of whatever permissions there were. Differs: the words of what is wrong with it are ours. */
export const putResourcePolicy =
  (room: Room): Operation<"PutResourcePolicy"> =>
  async (ctx, input) => {
    const { key, arn } = targetOf(room, ctx, input.ResourceArn);
    const before = room.policies.get(key);
    if (input.RevisionId !== undefined) checkRevision(before ?? NO_POLICY, input.RevisionId);
    const { Statement, ...head } = documentOf(input.Policy);
    const statements = (Array.isArray(Statement) ? Statement : [Statement]).map((statement) => checked(statement, arn));
    const policy: PolicyRecord = { revisionId: room.ids.uuid(), statements, head };
    room.policies.put(key, policy);
    return shown(policy);
  };

export const getResourcePolicy =
  (room: Room): Operation<"GetResourcePolicy"> =>
  async (ctx, input) =>
    shown(existing(room, targetOf(room, ctx, input.ResourceArn).key));

export const deleteResourcePolicy =
  (room: Room): Operation<"DeleteResourcePolicy"> =>
  async (ctx, input) => {
    const { key } = targetOf(room, ctx, input.ResourceArn);
    checkRevision(existing(room, key), input.RevisionId);
    room.policies.delete(key);
    return { [httpStatus]: 204 };
  };

const NO_POLICY = { revisionId: "" };

const existing = (room: Room, key: readonly string[]): PolicyRecord => {
  const policy = room.policies.get(key);
  if (!policy) throw noSuchResource();
  return policy;
};

const targetOf = (room: Room, ctx: Context, resourceArn: string) => {
  const reference = functionReference(ctx, resourceArn);
  if (reference.qualifier === LATEST) throw invalidValue("We currently do not support adding policies for $LATEST.");
  findQualified(room, ctx, reference);
  return located(ctx, reference);
};

const documentOf = (text: string): JsonObject => {
  try {
    const document: unknown = JSON.parse(text);
    if (isJsonObject(document) && document["Statement"] !== undefined) return document;
  } catch {
    // Told below, together with what is JSON and no policy.
  }
  throw invalidPolicy("it is no JSON object with statements");
};

const invalidPolicy = (reason: string) => invalidValue(`The provided policy document is not valid: ${reason}.`);

/** A statement of a function's policy: who may, or may not, do what of Lambda's with it. */
const checked = (statement: unknown, arn: string): JsonObject => {
  if (!isJsonObject(statement)) throw invalidPolicy("a statement is no JSON object");
  const { Effect, Principal, Action, Resource = arn } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") throw invalidPolicy("a statement's Effect is neither Allow nor Deny");
  if (Principal === undefined) throw invalidPolicy("a statement has no Principal");
  const actions = Array.isArray(Action) ? Action : [Action];
  if (!actions.every((action) => /^lambda:[\w*?]+$/i.test(String(action)))) {
    throw invalidPolicy("a statement's Action is none of Lambda's");
  }
  const resources = Array.isArray(Resource) ? Resource : [Resource];
  if (!resources.every((resource) => resource === arn)) throw invalidPolicy(`a statement's Resource is not ${arn}`);
  return { ...statement, Resource };
};

const shown = (policy: PolicyRecord) => ({
  Policy: JSON.stringify(policyDocument(policy)),
  RevisionId: policy.revisionId,
});
