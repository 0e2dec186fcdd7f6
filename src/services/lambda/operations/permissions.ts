import type { Context } from "../../../kernel/context.ts";
import { conflict, noSuchResource, notFound, policyTooLong, revisionMismatch } from "../errors.ts";
import { findVersion, functionArn, functionReference } from "../find.ts";
import { MAX_POLICY_BYTES } from "../limits.ts";
import { policyDocument } from "../policy.ts";
import { LATEST, type PolicyRecord, type PolicyStatement } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type PermissionInput = Parameters<ReturnType<typeof addPermission>>[1];

export const addPermission =
  (room: Room): Operation<"AddPermission"> =>
  async (ctx, input) => {
    const { key, arn } = located(room, ctx, input.FunctionName, input.Qualifier);
    const before = room.policies.get(key);
    checkRevision(before, input.RevisionId);
    if (before?.statements.some(({ Sid }) => Sid === input.StatementId)) {
      throw conflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement = statementOf(input, arn, ctx);
    const policy: PolicyRecord = {
      revisionId: room.ids.uuid(),
      statements: [...(before?.statements ?? []), statement],
    };
    const bytes = JSON.stringify(policyDocument(policy)).length;
    if (bytes > MAX_POLICY_BYTES) throw policyTooLong(bytes, MAX_POLICY_BYTES);
    room.policies.put(key, policy);
    return { Statement: JSON.stringify(statement) };
  };

export const removePermission =
  (room: Room): Operation<"RemovePermission"> =>
  async (ctx, input) => {
    const { key } = located(room, ctx, input.FunctionName, input.Qualifier);
    const policy = room.policies.get(key);
    if (!policy) throw notFound("No policy is associated with the given resource.");
    checkRevision(policy, input.RevisionId);
    const statements = policy.statements.filter(({ Sid }) => Sid !== input.StatementId);
    if (statements.length === policy.statements.length) {
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    }
    if (statements.length > 0) room.policies.put(key, { revisionId: room.ids.uuid(), statements });
    else room.policies.delete(key);
    return {};
  };

export const getPolicy =
  (room: Room): Operation<"GetPolicy"> =>
  async (ctx, input) => {
    const { key } = located(room, ctx, input.FunctionName, input.Qualifier);
    const policy = room.policies.get(key);
    if (!policy) throw noSuchResource();
    return { Policy: JSON.stringify(policyDocument(policy)), RevisionId: policy.revisionId };
  };

const located = (room: Room, ctx: Context, named: string, qualified: string | undefined) => {
  const { name, qualifier } = functionReference(named, qualified);
  findVersion(room, ctx, { name, qualifier });
  const own = qualifier === LATEST ? undefined : qualifier;
  return { key: [name, own ?? ""], arn: functionArn(ctx, name, own) };
};

const checkRevision = (policy: PolicyRecord | undefined, revisionId: string | undefined): void => {
  if (revisionId !== undefined && revisionId !== policy?.revisionId) throw revisionMismatch("GetFunction");
};

const statementOf = (input: PermissionInput, resource: string, { partition }: Context): PolicyStatement => {
  const conditions: Record<string, Record<string, string>> = {};
  const add = (operator: string, key: string, value: string | undefined) => {
    if (value !== undefined) conditions[operator] = { ...conditions[operator], [key]: value };
  };
  add("StringEquals", "AWS:SourceAccount", input.SourceAccount);
  add("StringEquals", "lambda:EventSourceToken", input.EventSourceToken);
  add("StringEquals", "aws:PrincipalOrgID", input.PrincipalOrgID);
  add("StringEquals", "lambda:FunctionUrlAuthType", input.FunctionUrlAuthType);
  add(
    "Bool",
    "lambda:InvokedViaFunctionUrl",
    input.InvokedViaFunctionUrl === undefined ? undefined : String(input.InvokedViaFunctionUrl),
  );
  add("ArnLike", "AWS:SourceArn", input.SourceArn);
  return {
    Sid: input.StatementId,
    Effect: "Allow",
    Principal: principalOf(input.Principal, partition),
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
  };
};

const principalOf = (principal: string, partition: string): PolicyStatement["Principal"] => {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
};
