import type { EncryptionType, ImageTagMutability } from "@aws-sdk/client-ecr";

/** A repository for container images. */
export interface RepositoryRecord {
  readonly name: string;
  readonly arn: string;
  readonly uri: string;
  readonly account: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly tagMutability: ImageTagMutability;
  /** Wildcards of tags that are exempt from the rule above. */
  readonly mutabilityExclusions: readonly string[];
  readonly scanOnPush: boolean;
  readonly encryption: { readonly type: EncryptionType; readonly kmsKey?: string };
  readonly policy?: string;
  readonly lifecyclePolicy?: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}
