import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";
import { secretNotFound, validation } from "./errors.ts";

const PREFIX = "/aws/reference/secretsmanager/";

/** Whether a parameter's name stands for a secret of Secrets Manager. */
export const isSecretReference = (name: string): boolean => name.startsWith(PREFIX);

/**
 * A secret as a parameter, read under the caller's own permissions. `NAME:STAGE` and `NAME:VERSION` choose among its values.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export const secretParameter = async (ctx: Context, name: string, decrypt = false) => {
  if (!decrypt) throw validation("WithDecryption flag must be True for retrieving a Secret Manager secret.");
  const [secretId = "", selector] = name.slice(PREFIX.length).split(":");
  const secret = await readSecret(ctx, name, secretId, selector);
  const { ARN, CreatedDate, SecretString = "" } = secret;
  const source = {
    ARN,
    name: secret.Name,
    versionId: secret.VersionId,
    secretString: SecretString,
    versionStages: secret.VersionStages,
    createdDate: CreatedDate,
  };
  return {
    Name: name,
    Type: "SecureString" as const,
    Value: SecretString,
    Version: 0,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    SourceResult: JSON.stringify(source),
    LastModifiedDate: CreatedDate,
    ARN,
    DataType: "text",
  };
};

const UUID = /^[0-9a-f-]{32,64}$/i;

const readSecret = async (ctx: Context, name: string, SecretId: string, selector: string | undefined) => {
  const chosen =
    selector === undefined ? {} : UUID.test(selector) ? { VersionId: selector } : { VersionStage: selector };
  try {
    return await ctx.call("secretsmanager", "GetSecretValue", { SecretId, ...chosen });
  } catch (error) {
    if (errorCode(error) === "ResourceNotFoundException") throw secretNotFound(name);
    throw error;
  }
};
