import type { RotationRecord, SecretRecord, VersionRecord } from "./records.ts";
import { primaryRegionOf, replicationView } from "./replicas.ts";
import { windowEnd } from "./rotation/rules.ts";

/** How CreateSecret, UpdateSecret and PutSecretValue name what they made. */
export const secretNameView = ({ arn, name }: SecretRecord) => ({ ARN: arn, Name: name });

/** A secret as ListSecrets and DescribeSecret share it. */
const secretView = (secret: SecretRecord) => ({
  ARN: secret.arn,
  Name: secret.name,
  // AWS: an empty description is none.
  ...(secret.description ? { Description: secret.description } : {}),
  KmsKeyId: secret.kmsKeyId,
  Type: secret.type,
  ...(secret.rotation === undefined ? {} : rotationView(secret.rotation)),
  ...primaryRegionView(secret),
  LastChangedDate: new Date(secret.changedAt),
  CreatedDate: new Date(secret.createdAt),
  ...(secret.accessedAt === undefined ? {} : { LastAccessedDate: new Date(secret.accessedAt) }),
  ...(secret.deletedAt === undefined ? {} : { DeletedDate: new Date(secret.deletedAt) }),
  ...owningView(secret),
});

/** The service that keeps a secret in the account's name, which its name begins with. EventBridge's connections do so here. */
export const owningServiceOf = ({ name }: SecretRecord): string | undefined =>
  name.startsWith("events!") ? "events" : undefined;

/** AWS: the owner is told of as itself and as a tag. Tags that were taken away leave an empty list, tags that never were leave none. */
const owningView = (secret: SecretRecord) => {
  const owner = owningServiceOf(secret);
  const tags = secret.tags?.map(({ key, value }) => ({ Key: key, Value: value }));
  if (owner === undefined) return tags === undefined ? {} : { Tags: tags };
  return { OwningService: owner, Tags: [{ Key: "aws:secretsmanager:owningService", Value: owner }, ...(tags ?? [])] };
};

/** AWS: told of secrets that are in several regions. */
const primaryRegionView = (secret: SecretRecord) => {
  const PrimaryRegion = primaryRegionOf(secret);
  return PrimaryRegion === undefined ? {} : { PrimaryRegion };
};

const rotationView = ({ isOn, lambdaArn, rules, lastAt, nextAt }: RotationRecord) => ({
  RotationEnabled: isOn,
  RotationLambdaARN: lambdaArn,
  ...(rules === undefined
    ? {}
    : {
        RotationRules: {
          ...(rules.everyDays === undefined ? {} : { AutomaticallyAfterDays: rules.everyDays }),
          ...(rules.durationHours === undefined ? {} : { Duration: `${rules.durationHours}h` }),
          ...(rules.schedule === undefined ? {} : { ScheduleExpression: rules.schedule }),
        },
      }),
  ...(lastAt === undefined ? {} : { LastRotatedDate: new Date(lastAt) }),
  ...(nextAt === undefined || rules === undefined ? {} : { NextRotationDate: new Date(windowEnd(rules, nextAt)) }),
});

export const secretDescriptionView = (secret: SecretRecord) => ({
  ...secretView(secret),
  ...replicationView(secret),
  VersionIdsToStages: stagesByVersion(secret),
});

export const secretListEntryView = (secret: SecretRecord) => ({
  ...secretView(secret),
  SecretVersionsToStages: stagesByVersion(secret),
});

export const versionView = (version: VersionRecord, { kmsKeyId }: SecretRecord) => ({
  VersionId: version.versionId,
  ...(version.stages.length === 0 ? {} : { VersionStages: [...version.stages] }),
  CreatedDate: new Date(version.createdAt),
  ...(version.accessedAt === undefined ? {} : { LastAccessedDate: new Date(version.accessedAt) }),
  KmsKeyIds: [kmsKeyId ?? DEFAULT_KEY],
});

/** How AWS names the key of secrets that were given none. */
const DEFAULT_KEY = "DefaultEncryptionKey";

const stagesByVersion = ({ versions }: SecretRecord) => {
  const staged = versions.filter(({ stages }) => stages.length > 0);
  if (staged.length === 0) return undefined;
  return Object.fromEntries(staged.map(({ versionId, stages }) => [versionId, [...stages]]));
};
