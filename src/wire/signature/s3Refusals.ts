import { AwsError } from "../../kernel/errors.ts";
import type { SignatureRefusals, SignatureTimes } from "./refusals.ts";

/**
 * S3's own words.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const s3Refusals: SignatureRefusals = {
  missing: () => denied("Access Denied"),
  unsupported: (authorization) =>
    /^AWS /.test(authorization)
      ? new AwsError(
          "InvalidRequest",
          "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
          400,
        )
      : new AwsError("InvalidArgument", "Unsupported Authorization Type", 400, {
          ArgumentName: "Authorization",
          ArgumentValue: authorization,
        }),
  incomplete: (missing) =>
    missing.length === 1 && missing[0] === "Date"
      ? denied("AWS authentication requires a valid Date or x-amz-date header")
      : malformed("the authorization header requires three components: Credential, SignedHeaders, and Signature."),
  malformedCredential: () => malformed(`the Credential is mal-formed; expecting "${CREDENTIAL_FORM}".`),
  wrongService: (service, expected) =>
    malformed(`incorrect service "${service}". This endpoint belongs to "${expected}".`),
  wrongRegion: (region) => malformed(`the region '${region}' is wrong`, { Region: region }),
  wrongDate: (date, signedAt) =>
    malformed(`Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${signedAt.slice(0, 8)}".`),
  unsignedHeaders: (names) =>
    denied("There were headers present in the request which were not signed", { HeadersNotSigned: names.join(", ") }),
  unknownKey: (accessKeyId) =>
    new AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403, {
      AWSAccessKeyId: accessKeyId,
    }),
  unknownToken: (token) =>
    new AwsError("InvalidToken", "The provided token is malformed or otherwise invalid.", 400, { "Token-0": token }),
  expiredToken: (token) => new AwsError("ExpiredToken", "The provided token has expired.", 400, { "Token-0": token }),
  tooOld: (times) => skewed(times),
  tooNew: (times) => skewed(times),
  mismatch: ({ accessKeyId, signature, canonical, stringToSign }) =>
    signatureMismatch(accessKeyId, signature, stringToSign, {
      CanonicalRequest: canonical,
      CanonicalRequestBytes: spacedHex(canonical),
    }),
};

/** A signature that is another than the one computed, with what it was computed of. */
export const signatureMismatch = (
  accessKeyId: string,
  signature: string,
  stringToSign: string,
  details: Readonly<Record<string, unknown>> = {},
): AwsError =>
  new AwsError(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    403,
    {
      AWSAccessKeyId: accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: signature,
      StringToSignBytes: spacedHex(stringToSign),
      ...details,
    },
  );

/** A request signed in its header and in its query too. */
export const twoMechanisms = (authorization: string): AwsError =>
  new AwsError(
    "InvalidArgument",
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    400,
    { ArgumentName: "Authorization", ArgumentValue: authorization },
  );

/** What a credential looks like, in the words of S3's messages. */
export const CREDENTIAL_FORM = "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request";

/** The form of a time in S3's error documents: `2026-01-01T00:00:00Z`, from `20260101T000000Z`. */
export const extendedTime = (basic: string): string =>
  basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");

const denied = (message: string, details?: Readonly<Record<string, unknown>>): AwsError =>
  new AwsError("AccessDenied", message, 403, details);

const malformed = (problem: string, details?: Readonly<Record<string, unknown>>): AwsError =>
  new AwsError("AuthorizationHeaderMalformed", `The authorization header is malformed; ${problem}`, 400, details);

const skewed = ({ signedAt, now }: SignatureTimes): AwsError =>
  new AwsError(
    "RequestTimeTooSkewed",
    "The difference between the request time and the current time is too large.",
    403,
    {
      RequestTime: signedAt,
      ServerTime: extendedTime(now),
      MaxAllowedSkewMilliseconds: 900_000,
    },
  );

const spacedHex = (text: string): string =>
  Buffer.from(text)
    .toString("hex")
    .replace(/..(?!$)/g, "$& ");
