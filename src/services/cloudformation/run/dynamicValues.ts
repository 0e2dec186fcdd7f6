import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { DynamicReference, DynamicValues } from "../template/dynamicReferences.ts";
import { functionError } from "../template/errors.ts";

/** Fetches what dynamic references stand for, as the stack's principal. */
export const dynamicValues = (ctx: Context): DynamicValues => ({
  fetch: (reference) =>
    reference.service === "secretsmanager" ? secretValue(ctx, reference) : parameterValue(ctx, reference),
});

const parameterValue = async (
  ctx: Context,
  { service, name, version }: Extract<DynamicReference, { service: "ssm" | "ssm-secure" }>,
): Promise<string> => {
  const { Parameter } = await ctx.call("ssm", "GetParameter", {
    Name: version === undefined ? name : `${name}:${version}`,
    WithDecryption: service === "ssm-secure",
  });
  // AWS: a SecureString is only for references that say so.
  if (service === "ssm" && Parameter?.Type === "SecureString") {
    throw functionError(`SSM Secure reference is not supported in: [${name}]`);
  }
  return Parameter?.Value ?? "";
};

const secretValue = async (
  ctx: Context,
  reference: Extract<DynamicReference, { service: "secretsmanager" }>,
): Promise<string> => {
  const { SecretString = "" } = await ctx.call("secretsmanager", "GetSecretValue", {
    SecretId: reference.secretId,
    VersionId: reference.versionId,
    VersionStage: reference.versionStage,
  });
  return reference.jsonKey === undefined ? SecretString : memberOf(SecretString, reference.jsonKey);
};

const memberOf = (secret: string, key: string): string => {
  const value = parsed(secret);
  const member = isJsonObject(value) ? value[key] : undefined;
  if (member === undefined) throw functionError(`Could not find a value associated with JSONKey in SecretString`);
  return typeof member === "string" ? member : JSON.stringify(member);
};

const parsed = (secret: string): JsonValue => {
  try {
    return JSON.parse(secret);
  } catch {
    throw functionError("Could not parse SecretString JSON");
  }
};
