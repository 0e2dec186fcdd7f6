import { BuildFailure } from "../../../engines/build/failure.ts";
import type { SecretReference } from "../../../engines/build/ports.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";

/** Ten names are the most that GetParameters takes. */
const MAX_NAMES = 10;

/** Values of the Parameter Store, as the build's role; a missing one is left out. */
export const resolveParameters = async (
  ctx: Context,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const values = new Map<string, string>();
  for (let at = 0; at < names.length; at += MAX_NAMES) {
    const Names = names.slice(at, at + MAX_NAMES);
    const { Parameters = [] } = await ctx
      .call("ssm", "GetParameters", { Names, WithDecryption: true })
      .catch(failedAs("Decrypted Variables Error"));
    for (const [index, parameter] of Parameters.entries()) {
      // A parameter asked for by its ARN answers with its name.
      const asked = Names.find((name) => name === parameter.Name || name === parameter.ARN) ?? Names[index];
      if (asked !== undefined) values.set(asked, parameter.Value ?? "");
    }
  }
  return values;
};

/** A secret's text, as the build's role. */
export const resolveSecret = async (ctx: Context, reference: SecretReference): Promise<string> => {
  const { SecretString, SecretBinary } = await ctx
    .call("secretsmanager", "GetSecretValue", {
      SecretId: reference.secretId,
      VersionStage: reference.versionStage,
      VersionId: reference.versionId,
    })
    .catch(failedAs("Secrets Manager Error Message"));
  return SecretString ?? Buffer.from(SecretBinary ?? []).toString();
};

const failedAs =
  (statusCode: string) =>
  (error: unknown): never => {
    throw new BuildFailure(statusCode, `${errorCode(error)}: ${errorMessage(error)}`);
  };
