import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { findSecret } from "./find.ts";
import type { SecretRecord } from "./records.ts";
import type { ReplicateInput } from "./replicas.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
const onSecret =
  <I extends { readonly SecretId: string }>(action: string, conditions?: (input: I) => Record<string, string>) =>
  (room: Room, ctx: Context, input: I): AuthorizationRequest => {
    const secret = secretOrNone(room, input.SecretId);
    return {
      action: `secretsmanager:${action}`,
      resource: secret?.arn ?? (input.SecretId.startsWith("arn:") ? input.SecretId : ctx.arn("secret", input.SecretId)),
      conditions: {
        "secretsmanager:SecretId": secret?.arn ?? input.SecretId,
        ...tagConditions(secret),
        ...conditions?.(input),
      },
      resourcePolicy: secret && policyOf(room, secret),
    };
  };

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `secretsmanager:${action}`, resource: "*" });

export const iam: IamTable<Room, "secretsmanager"> = {
  // AWS: a secret that is not there yet has an ARN without its random tail.
  CreateSecret: (_room, ctx, input) => ({
    action: "secretsmanager:CreateSecret",
    resource: ctx.arn("secret", input.Name),
    conditions: {
      "secretsmanager:Name": input.Name,
      ...replicaConditions(input),
      ...Object.fromEntries((input.Tags ?? []).map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
    },
  }),
  GetSecretValue: onSecret(
    "GetSecretValue",
    ({ VersionStage }: { readonly SecretId: string; readonly VersionStage?: string | undefined }) =>
      VersionStage === undefined ? {} : { "secretsmanager:VersionStage": VersionStage },
  ),
  // AWS: the batch call itself, and then each value on its own.
  BatchGetSecretValue: (room, ctx, input) => [
    onAll("BatchGetSecretValue")(),
    ...(input.SecretIdList ?? []).map((SecretId) => onSecret("GetSecretValue")(room, ctx, { SecretId })),
  ],
  PutSecretValue: onSecret("PutSecretValue"),
  UpdateSecret: onSecret("UpdateSecret"),
  UpdateSecretVersionStage: onSecret("UpdateSecretVersionStage"),
  DescribeSecret: onSecret("DescribeSecret"),
  ListSecretVersionIds: onSecret("ListSecretVersionIds"),
  DeleteSecret: onSecret("DeleteSecret"),
  RestoreSecret: onSecret("RestoreSecret"),
  RotateSecret: onSecret("RotateSecret"),
  CancelRotateSecret: onSecret("CancelRotateSecret"),
  TagResource: onSecret("TagResource"),
  UntagResource: onSecret("UntagResource"),
  GetResourcePolicy: onSecret("GetResourcePolicy"),
  PutResourcePolicy: onSecret("PutResourcePolicy"),
  ValidateResourcePolicy: (room, ctx, { SecretId }) =>
    ["ValidateResourcePolicy", "PutResourcePolicy"].map((action) =>
      SecretId === undefined ? onAll(action)() : onSecret(action)(room, ctx, { SecretId }),
    ),
  DeleteResourcePolicy: onSecret("DeleteResourcePolicy"),
  ReplicateSecretToRegions: (room, ctx, input) => {
    const request = onSecret("ReplicateSecretToRegions")(room, ctx, input);
    return { ...request, conditions: { ...request.conditions, ...replicaConditions(input) } };
  },
  RemoveRegionsFromReplication: onSecret("RemoveRegionsFromReplication"),
  StopReplicationToReplica: onSecret("StopReplicationToReplica"),
  ListSecrets: onAll("ListSecrets"),
  GetRandomPassword: onAll("GetRandomPassword"),
};

const replicaConditions = ({ AddReplicaRegions = [] }: ReplicateInput) =>
  AddReplicaRegions.length === 0
    ? {}
    : { "secretsmanager:AddReplicaRegions": AddReplicaRegions.map(({ Region = "" }) => Region) };

const secretOrNone = (room: Room, id: string): SecretRecord | undefined => {
  try {
    return findSecret(room, id);
  } catch {
    // The operation itself says what is not found, once the caller may know.
    return undefined;
  }
};

const policyOf = (room: Room, secret: SecretRecord) => {
  const text = room.policies.get(secret.arn);
  return text === undefined ? undefined : JSON.parse(text);
};

const tagConditions = (secret: SecretRecord | undefined) =>
  Object.fromEntries((secret?.tags ?? []).map(({ key, value }) => [`aws:ResourceTag/${key}`, value]));
