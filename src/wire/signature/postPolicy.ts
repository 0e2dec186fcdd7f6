import { createHmac } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { parseCredential } from "./claim.ts";
import { s3Refusals, signatureMismatch } from "./s3Refusals.ts";
import { isSameSignature, sign, signingKey } from "./signingKey.ts";
import { credentialsOf, type SignatureRules, type SigningCredentials } from "./verification.ts";

/** A field of a form, by its name in lower case. */
export type FormField = (name: string) => string | undefined;

/**
 * The credentials by which the policy of an HTML form is signed, by either version of the signature; undefined where no
 * field speaks of one. What is signed is the policy as it stands in the form.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
 */
export const verifyPostPolicy = <C extends SigningCredentials>(
  field: FormField,
  rules: SignatureRules<C>,
): C | undefined => {
  const policy = field("policy") ?? "";
  const sessionToken = field("x-amz-security-token");
  if (VERSION_4.some(([name]) => field(name) !== undefined)) {
    const [, credential = "", , signature = ""] = VERSION_4.map(([name, told]) => required(field, name, told));
    const claim = parseCredential(credential);
    if (!claim) throw s3Refusals.malformedCredential(credential);
    const credentials = credentialsOf({ accessKeyId: claim.accessKeyId, sessionToken }, rules, s3Refusals);
    const computed = sign(signingKey(credentials.secretAccessKey, claim.scope), policy);
    if (!isSameSignature(computed, signature)) throw signatureMismatch(claim.accessKeyId, signature, policy);
    return credentials;
  }
  if (VERSION_2.every(([name]) => field(name) === undefined)) return undefined;
  const [accessKeyId = "", signature = ""] = VERSION_2.map(([name, told]) => required(field, name, told));
  const credentials = credentialsOf({ accessKeyId, sessionToken }, rules, s3Refusals);
  const computed = createHmac("sha1", credentials.secretAccessKey).update(policy).digest("base64");
  if (!isSameSignature(computed, signature)) throw signatureMismatch(accessKeyId, signature, policy);
  return credentials;
};

const VERSION_4 = [
  ["x-amz-algorithm", "X-Amz-Algorithm"],
  ["x-amz-credential", "X-Amz-Credential"],
  ["x-amz-date", "X-Amz-Date"],
  ["x-amz-signature", "X-Amz-Signature"],
] as const;

const VERSION_2 = [
  ["awsaccesskeyid", "AWSAccessKeyId"],
  ["signature", "Signature"],
] as const;

const required = (field: FormField, name: string, told: string): string => {
  const value = field(name);
  if (value !== undefined) return value;
  const message = `Bucket POST must contain a field named '${told}'.  If it is specified, please check the order of the fields.`;
  throw new AwsError("InvalidArgument", message, 400, { ArgumentName: told, ArgumentValue: "" });
};
