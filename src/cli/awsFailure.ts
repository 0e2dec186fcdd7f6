import { errorCode, errorMessage } from "../kernel/errors.ts";

/** What AWS refuses, and the command to type next. */
export interface AwsFailure {
  readonly message: string;
  readonly next: string;
}

/**
 * Says why AWS is not reached as the person thinks it is: credentials that are missing, wrong or old, or a region that is
 * none. Any other refusal is told in AWS's own words. `help` is what tells how the command is used.
 */
export const awsFailureOf = (error: unknown, help: string): AwsFailure | undefined => {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const said = errorMessage(error);
  if (MISSING.has(code))
    return {
      message: `There are no AWS credentials: neither in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), nor in a profile, nor of a role (${said}).`,
      next: "aws configure",
    };
  if (EXPIRED.has(code)) return { message: `The AWS credentials have expired (${said}).`, next: "aws sso login" };
  if (REFUSED.has(code))
    return {
      message: `The AWS credentials are not accepted: ${code}: ${said}`,
      next: "aws sts get-caller-identity   # tells whether they are yours",
    };
  if (code === "ENOTFOUND")
    return { message: `${said}: does --region name a region, and is the machine online?`, next: help };
  if (!(error instanceof Error && "$metadata" in error)) return undefined;
  return { message: `${code}: ${said}`, next: SHOWN_BY.get(code) ?? help };
};

/** What shows why a service refused: which pipelines there are, what is not built or not permitted. */
const SHOWN_BY: ReadonlyMap<string, string> = new Map([
  ["PipelineNotFoundException", "aloft status"],
  ["StageNotFoundException", "aloft status"],
  ["NotImplemented", "aloft doctor"],
  ["AccessDenied", "aloft doctor"],
  ["AccessDeniedException", "aloft doctor"],
]);

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
