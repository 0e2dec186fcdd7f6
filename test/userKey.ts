import { CreateAccessKeyCommand, type IAMClient } from "@aws-sdk/client-iam";

/** A new access key of a user, as clients take it. */
export const keyOf = async (iam: IAMClient, UserName: string) => {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = "", SecretAccessKey = "" } = AccessKey ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
};
