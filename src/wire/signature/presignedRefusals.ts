import { AwsError } from "../../kernel/errors.ts";
import { signatureRefusals } from "./refusalFamilies.ts";
import type { RefusalFamily, SignatureRefusals } from "./refusals.ts";
import { CREDENTIAL_FORM, extendedTime, s3Refusals } from "./s3Refusals.ts";
import { basicTime } from "./time.ts";

/** S3's words for what is wrong with a presigned URL alone. */
interface S3PresignedRefusals extends SignatureRefusals {
  badDate(): AwsError;
  badLifetime(problem: string): AwsError;
  expired(lifetimeSeconds: number, expires: number, now: number): AwsError;
}

/** The refusals of a family for signatures in a query. Only S3 words them otherwise than those in a header. */
export const presignedRefusals = (family: RefusalFamily): SignatureRefusals =>
  family === "s3" ? s3PresignedRefusals : signatureRefusals(family);

const badQuery = (problem: string): AwsError => new AwsError("AuthorizationQueryParametersError", problem, 400);

const badCredential = (problem: string): AwsError =>
  badQuery(`Error parsing the X-Amz-Credential parameter; ${problem}`);

export const s3PresignedRefusals: S3PresignedRefusals = {
  ...s3Refusals,
  unsupported: () => badQuery('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"'),
  incomplete: () =>
    badQuery(
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    ),
  malformedCredential: () => badCredential(`the Credential is mal-formed; expecting "${CREDENTIAL_FORM}".`),
  wrongService: (service, expected) =>
    badCredential(`incorrect service "${service}". This endpoint belongs to "${expected}".`),
  wrongRegion: (region) => badCredential(`the region '${region}' is wrong`),
  wrongDate: (date, signedAt) =>
    badQuery(`Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${signedAt.slice(0, 8)}".`),
  tooNew: () => new AwsError("AccessDenied", "Request is not yet valid", 403),
  badDate: () => badQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
  badLifetime: badQuery,
  expired: (lifetimeSeconds, expires, now) =>
    new AwsError("AccessDenied", "Request has expired", 403, {
      "X-Amz-Expires": String(lifetimeSeconds),
      Expires: extendedTime(basicTime(expires)),
      ServerTime: extendedTime(basicTime(now)),
    }),
};
