import type { EncryptionType } from "@aws-sdk/client-sfn";

/** With which key a state machine or an activity is encrypted, as templates write it. */
export interface EncryptionProperties {
  readonly Type: EncryptionType;
  readonly KmsKeyId?: string;
  readonly KmsDataKeyReusePeriodSeconds?: number;
}

/** The same as the operations take it. */
export const encryptionOf = ({ Type, KmsKeyId, KmsDataKeyReusePeriodSeconds }: EncryptionProperties) => ({
  type: Type,
  kmsKeyId: KmsKeyId,
  kmsDataKeyReusePeriodSeconds: KmsDataKeyReusePeriodSeconds,
});
