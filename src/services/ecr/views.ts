import type { RepositoryRecord } from "./records.ts";

export const repositoryView = (repository: RepositoryRecord) => ({
  repositoryArn: repository.arn,
  registryId: repository.account,
  repositoryName: repository.name,
  repositoryUri: repository.uri,
  createdAt: new Date(repository.createdAt),
  imageTagMutability: repository.tagMutability,
  ...exclusionsView(repository),
  imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  encryptionConfiguration: {
    encryptionType: repository.encryption.type,
    ...(repository.encryption.kmsKey === undefined ? {} : { kmsKey: repository.encryption.kmsKey }),
  },
});

export const exclusionsView = ({ mutabilityExclusions }: RepositoryRecord) =>
  mutabilityExclusions.length === 0
    ? {}
    : {
        imageTagMutabilityExclusionFilters: mutabilityExclusions.map((filter) => ({
          filterType: "WILDCARD" as const,
          filter,
        })),
      };

export const namedView = ({ account, name }: RepositoryRecord) => ({ registryId: account, repositoryName: name });
