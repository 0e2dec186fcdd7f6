import type { ProviderType } from "@aws-sdk/client-codestar-connections";

/** A connection to a Git provider. Here it is available at once, and leads to this cloud's Git host. */
export interface ConnectionRecord {
  readonly name: string;
  readonly arn: string;
  readonly providerType: ProviderType;
  readonly accountId: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}
