import type { SecretRecord, VersionRecord } from "./records.ts";

/** How CreateSecret, UpdateSecret and PutSecretValue name what they made. */
export const secretNameView = ({ arn, name }: SecretRecord) => ({ ARN: arn, Name: name });

/** A secret as ListSecrets and DescribeSecret share it. */
const secretView = (secret: SecretRecord) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  KmsKeyId: secret.kmsKeyId,
  Type: secret.type,
  LastChangedDate: new Date(secret.changedAt),
  CreatedDate: new Date(secret.createdAt),
  ...(secret.accessedAt === undefined ? {} : { LastAccessedDate: new Date(secret.accessedAt) }),
  ...(secret.deletedAt === undefined ? {} : { DeletedDate: new Date(secret.deletedAt) }),
  Tags: secret.tags.map(({ key, value }) => ({ Key: key, Value: value })),
});

export const secretDescriptionView = (secret: SecretRecord) => ({
  ...secretView(secret),
  VersionIdsToStages: stagesByVersion(secret),
});

export const secretListEntryView = (secret: SecretRecord) => ({
  ...secretView(secret),
  SecretVersionsToStages: stagesByVersion(secret),
});

export const versionView = (version: VersionRecord) => ({
  VersionId: version.versionId,
  VersionStages: [...version.stages],
  CreatedDate: new Date(version.createdAt),
  ...(version.accessedAt === undefined ? {} : { LastAccessedDate: new Date(version.accessedAt) }),
});

const stagesByVersion = (secret: SecretRecord) =>
  Object.fromEntries(
    secret.versions.filter(({ stages }) => stages.length > 0).map(({ versionId, stages }) => [versionId, [...stages]]),
  );
