import { hash } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import { AUTHORIZATION_PARTS, type RefusalFamily, type SignatureRefusals } from "./refusals.ts";
import { s3Refusals } from "./s3Refusals.ts";

/** The refusals of one family. */
export const signatureRefusals = (family: RefusalFamily): SignatureRefusals => FAMILIES[family];

const NEEDS_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
const INVALID_TOKEN = "The security token included in the request is invalid.";
const EXPIRED_TOKEN = "The security token included in the request is expired";
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. " +
  "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const UNSIGNED_HOST = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";

interface Codes {
  readonly missing: readonly [code: string, message: string];
  readonly incomplete: readonly [code: string, status: number];
  readonly unknown: string;
  readonly mismatch: string;
  readonly expired: string;
  readonly status: number;
}

const refusalsWith = (codes: Codes): SignatureRefusals => {
  const { status } = codes;
  const mismatch = (message: string) => new AwsError(codes.mismatch, message, status);
  const unknown = () => new AwsError(codes.unknown, INVALID_TOKEN, status);
  const incomplete = (missing: readonly string[], authorization: string) =>
    new AwsError(codes.incomplete[0], incompleteText(missing, authorization), codes.incomplete[1]);
  return {
    missing: () => new AwsError(...codes.missing, status),
    unsupported: (authorization) => incomplete(AUTHORIZATION_PARTS, authorization),
    incomplete,
    malformedCredential: (credential) =>
      new AwsError(
        codes.incomplete[0],
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
        codes.incomplete[1],
      ),
    wrongService: (_service, expected) => mismatch(`Credential should be scoped to correct service: '${expected}'. `),
    wrongRegion: (region) => mismatch(`Credential should be scoped to a valid region, not '${region}'. `),
    wrongDate: (date, signedAt) =>
      mismatch(
        `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${signedAt.slice(0, 8)}', from '${signedAt}'.`,
      ),
    unsignedHeaders: () => mismatch(UNSIGNED_HOST),
    unknownKey: unknown,
    unknownToken: unknown,
    expiredToken: () => new AwsError(codes.expired, EXPIRED_TOKEN, status),
    tooOld: ({ signedAt, now, limit, minutes }) =>
      mismatch(`Signature expired: ${signedAt} is now earlier than ${limit} (${now} - ${minutes} min.)`),
    tooNew: ({ signedAt, now, limit, minutes }) =>
      mismatch(`Signature not yet current: ${signedAt} is still later than ${limit} (${now} + ${minutes} min.)`),
    mismatch: () => mismatch(MISMATCH),
  };
};

const incompleteText = (missing: readonly string[], authorization: string): string => {
  const sentences = missing.map((part) =>
    part === "Date" ? NEEDS_DATE : `Authorization header requires '${part}' parameter.`,
  );
  const hashed = hash("sha256", authorization, "base64");
  return `${sentences.join(" ")} (Hashed with SHA-256 and encoded with Base64) Authorization=${hashed}`;
};

const JSON_CODES = {
  unknown: "UnrecognizedClientException",
  mismatch: "InvalidSignatureException",
  expired: "ExpiredTokenException",
} as const;
const MISSING = "MissingAuthenticationTokenException";
const INCOMPLETE = "IncompleteSignatureException";

const FAMILIES: Readonly<Record<RefusalFamily, SignatureRefusals>> = {
  s3: s3Refusals,
  query: refusalsWith({
    missing: ["MissingAuthenticationToken", "Request is missing Authentication Token"],
    incomplete: ["IncompleteSignature", 400],
    unknown: "InvalidClientTokenId",
    mismatch: "SignatureDoesNotMatch",
    expired: "ExpiredToken",
    status: 403,
  }),
  awsJson: refusalsWith({
    ...JSON_CODES,
    missing: [MISSING, "Request is missing Authentication Token"],
    incomplete: [INCOMPLETE, 400],
    status: 400,
  }),
  restJson: refusalsWith({
    ...JSON_CODES,
    missing: [MISSING, "Missing Authentication Token"],
    incomplete: [INCOMPLETE, 403],
    status: 403,
  }),
};
