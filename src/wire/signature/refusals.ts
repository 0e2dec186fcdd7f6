import type { AwsError } from "../../kernel/errors.ts";

/** How a service words its refusals: S3 has codes of its own, Query services another set, JSON services a third. */
export type RefusalFamily = "s3" | "query" | "awsJson" | "restJson";

/** What is known of a request whose signature was computed and is another. */
export interface Mismatch {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly canonical: string;
  readonly stringToSign: string;
}

/** When a request says it was signed, and when it is. Basic ISO 8601: `20260101T000000Z`. */
export interface SignatureTimes {
  readonly signedAt: string;
  readonly now: string;
  /** The moment by which it should have been signed, or after which it may. */
  readonly limit: string;
  /** How far apart they may be. */
  readonly minutes: number;
}

/** Why AWS refuses to recognise a caller, each in the words of one family of services. */
export interface SignatureRefusals {
  /** No signature, where the operation needs one. */
  missing(): AwsError;
  /** An `Authorization` header of another method than `AWS4-HMAC-SHA256`. */
  unsupported(authorization: string): AwsError;
  /** An `Authorization` header without all of its parts. */
  incomplete(missing: readonly string[], authorization: string): AwsError;
  malformedCredential(credential: string): AwsError;
  wrongService(service: string, expected: string): AwsError;
  wrongRegion(region: string): AwsError;
  /** The credential is for another day than the request. */
  wrongDate(date: string, signedAt: string): AwsError;
  /** Headers that must be signed and are not. */
  unsignedHeaders(names: readonly string[]): AwsError;
  unknownKey(accessKeyId: string): AwsError;
  /** The session token belongs to no key, or to another. */
  unknownToken(token: string): AwsError;
  expiredToken(token: string): AwsError;
  tooOld(times: SignatureTimes): AwsError;
  tooNew(times: SignatureTimes): AwsError;
  mismatch(mismatch: Mismatch): AwsError;
}

/** The parts of an authorization, as they are named when they are missing. `Date` stands for the header. */
export const AUTHORIZATION_PARTS = ["Credential", "Signature", "SignedHeaders", "Date"] as const;
