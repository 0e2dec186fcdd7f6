import { errorCode, errorMessage } from "../kernel/errors.ts";

/** What AWS refuses before it looks at what is asked, and what to do about it. */
export interface AwsFailure {
  readonly message: string;
  readonly next: string;
}

/** Says why AWS is not reached as the person thinks it is: credentials that are missing, wrong or old, or a region that is none. */
export const awsFailureOf = (error: unknown): AwsFailure | undefined => {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const said = errorMessage(error);
  if (MISSING.has(code))
    return {
      message: `There are no AWS credentials: neither in the environment, nor in a profile, nor of a role (${said}).`,
      next: "aws configure, or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    };
  if (EXPIRED.has(code))
    return { message: `The AWS credentials have expired (${said}).`, next: "aws sso login, or export fresh ones" };
  if (REFUSED.has(code))
    return {
      message: `The AWS credentials are not accepted: ${code}: ${said}`,
      next: "aws sts get-caller-identity   # tells whether they are yours",
    };
  if (code === "ENOTFOUND")
    return { message: `${said}: is this a region, and the machine online?`, next: "name a region with --region" };
  return undefined;
};

const MISSING = new Set(["CredentialsProviderError", "TokenProviderError"]);
const EXPIRED = new Set(["ExpiredToken", "ExpiredTokenException", "RequestExpired"]);
const REFUSED = new Set([
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "IncompleteSignature",
]);

/** The system's own code, which is no name of an error. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : errorCode(error);
