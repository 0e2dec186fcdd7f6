import type { TemporaryCredentials } from "../../kernel/service.ts";

export const credentialsView = ({ accessKeyId, secretAccessKey, sessionToken, expiration }: TemporaryCredentials) => ({
  AccessKeyId: accessKeyId,
  SecretAccessKey: secretAccessKey,
  SessionToken: sessionToken,
  Expiration: new Date(expiration),
});
