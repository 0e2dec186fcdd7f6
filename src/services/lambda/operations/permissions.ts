import type { Context } from "../../../kernel/context.ts";
import { conflict, invalidValue, noSuchResource, notFound, policyTooLong, revisionMismatch } from "../errors.ts";
import { type FunctionReference, findQualified, functionArn, functionReference } from "../find.ts";
import { MAX_POLICY_BYTES } from "../limits.ts";
import { policyDocument } from "../policy.ts";
import { LATEST, type PolicyRecord, type PolicyStatement } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type PermissionInput = Parameters<ReturnType<typeof addPermission>>[1];

export const addPermission =
  (room: Room): Operation<"AddPermission"> =>
  async (ctx, input) => {
    const reference = functionReference(ctx, input.FunctionName, input.Qualifier);
    if (reference.qualifier === LATEST) throw invalidValue("We currently do not support adding policies for $LATEST.");
    const principal = principalOf(input.Principal, ctx);
    const { alias, version } = findQualified(room, ctx, reference);
    const { key, arn } = located(ctx, reference);
    const before = room.policies.get(key);
    // AWS: a policy that is not there yet has the revision of what it is for.
    checkRevision(before ?? alias ?? version, input.RevisionId);
    if (before?.statements.some(({ Sid }) => Sid === input.StatementId)) {
      throw conflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement = statementOf(input, arn, principal);
    const policy: PolicyRecord = {
      ...before,
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
    const reference = functionReference(ctx, input.FunctionName, input.Qualifier);
    const { key, arn } = located(ctx, reference);
    if (!room.functions.has(reference.name)) throw notFound(`No policy found for: ${arn}`);
    findQualified(room, ctx, reference);
    const policy = room.policies.get(key);
    if (!policy) throw notFound("No policy is associated with the given resource.");
    checkRevision(policy, input.RevisionId);
    const statements = policy.statements.filter(({ Sid }) => Sid !== input.StatementId);
    if (statements.length === policy.statements.length) {
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    }
    if (statements.length > 0) room.policies.put(key, { ...policy, revisionId: room.ids.uuid(), statements });
    else room.policies.delete(key);
    return {};
  };

export const getPolicy =
  (room: Room): Operation<"GetPolicy"> =>
  async (ctx, input) => {
    const { key } = located(ctx, functionReference(ctx, input.FunctionName, input.Qualifier));
    const policy = room.policies.get(key);
    if (!policy) throw noSuchResource();
    return { Policy: JSON.stringify(policyDocument(policy)), RevisionId: policy.revisionId };
  };

/** Where the policy of a function, a version or an alias is kept, and what it is for. */
export const located = (ctx: Context, { name, qualifier }: FunctionReference) => {
  const own = qualifier === LATEST ? undefined : qualifier;
  return { key: [name, own ?? ""], arn: functionArn(ctx, name, own) };
};

export const checkRevision = (current: { readonly revisionId: string }, revisionId: string | undefined): void => {
  if (revisionId !== undefined && revisionId !== current.revisionId) throw revisionMismatch("GetPolicy");
};

const statementOf = (
  input: PermissionInput,
  resource: string,
  principal: PolicyStatement["Principal"],
): PolicyStatement => {
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
    Principal: principal,
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
  };
};

const principalOf = (principal: string, { partition }: Context): PolicyStatement["Principal"] => {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  if (principal.startsWith("arn:")) return { AWS: principal };
  if (!/\.(amazonaws\.com(\.cn)?|amazon\.com|aws)$/.test(principal)) {
    throw invalidValue("The provided principal was invalid. Please check the principal and try again.");
  }
  return { Service: principal };
};
