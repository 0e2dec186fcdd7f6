import type { Context } from "../../../kernel/context.ts";
import { conflict, notFound, policyTooLong, revisionMismatch } from "../errors.ts";
import { MAX_POLICY_BYTES } from "../limits.ts";
import { policyDocument } from "../policy.ts";
import type { PolicyRecord, PolicyStatement } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { layerNameOf, layerVersionArn } from "./layers.ts";

export const addLayerVersionPermission =
  (room: Room): Operation<"AddLayerVersionPermission"> =>
  async (ctx, input) => {
    const { key, arn } = located(room, ctx, input);
    const before = room.layerPolicies.get(key);
    checkRevision(before, input.RevisionId);
    if (before?.statements.some(({ Sid }) => Sid === input.StatementId)) {
      throw conflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement: PolicyStatement = {
      Sid: input.StatementId,
      Effect: "Allow",
      Principal: principalOf(input.Principal, ctx),
      Action: input.Action,
      Resource: arn,
      ...(input.OrganizationId === undefined
        ? {}
        : { Condition: { StringEquals: { "aws:PrincipalOrgID": input.OrganizationId } } }),
    };
    const policy: PolicyRecord = {
      revisionId: room.ids.uuid(),
      statements: [...(before?.statements ?? []), statement],
    };
    const bytes = JSON.stringify(policyDocument(policy)).length;
    if (bytes > MAX_POLICY_BYTES) throw policyTooLong(bytes, MAX_POLICY_BYTES);
    room.layerPolicies.put(key, policy);
    return { Statement: JSON.stringify(statement), RevisionId: policy.revisionId };
  };

export const removeLayerVersionPermission =
  (room: Room): Operation<"RemoveLayerVersionPermission"> =>
  async (ctx, input) => {
    const { key } = located(room, ctx, input);
    const policy = room.layerPolicies.get(key);
    checkRevision(policy, input.RevisionId);
    const statements = policy?.statements.filter(({ Sid }) => Sid !== input.StatementId) ?? [];
    if (!policy || statements.length === policy.statements.length) {
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    }
    if (statements.length > 0) room.layerPolicies.put(key, { revisionId: room.ids.uuid(), statements });
    else room.layerPolicies.delete(key);
    return {};
  };

export const getLayerVersionPolicy =
  (room: Room): Operation<"GetLayerVersionPolicy"> =>
  async (ctx, input) => {
    const policy = room.layerPolicies.get(located(room, ctx, input).key);
    if (!policy) throw notFound("No policy is associated with the given resource.");
    return { Policy: JSON.stringify(policyDocument(policy)), RevisionId: policy.revisionId };
  };

const located = (
  { layers }: Room,
  ctx: Context,
  { LayerName, VersionNumber }: { readonly LayerName: string; readonly VersionNumber: number },
) => {
  const name = layerNameOf(ctx, LayerName);
  const arn = layerVersionArn(ctx, name, VersionNumber);
  if (!layers.has([name, VersionNumber])) throw notFound(`Layer version ${arn} does not exist.`);
  return { key: [name, VersionNumber], arn };
};

const checkRevision = (policy: PolicyRecord | undefined, revisionId: string | undefined): void => {
  if (revisionId !== undefined && revisionId !== policy?.revisionId) throw revisionMismatch("GetLayerPolicy");
};

const principalOf = (principal: string, { partition }: Context): PolicyStatement["Principal"] => {
  if (principal === "*") return "*";
  return { AWS: principal.startsWith("arn:") ? principal : `arn:${partition}:iam::${principal}:root` };
};
