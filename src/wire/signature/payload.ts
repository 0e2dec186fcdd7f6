import { hash } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";

/** What a signature says of the body that comes with it. */
export type Payload =
  /** The body's SHA-256, in hex. */
  | { readonly kind: "hashed"; readonly sha256: string }
  | { readonly kind: "unsigned" }
  /** `aws-chunked`: pieces that may each be signed, and headers that may follow them. */
  | { readonly kind: "chunked"; readonly signed: boolean; readonly trailer: boolean };

/** The value of `x-amz-content-sha256` that stands for a body nobody signed. */
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

/** Reads `x-amz-content-sha256`. Throws S3's refusal of what is neither a hash nor a known name. */
export const parsePayload = (value: string): Payload => {
  const named = NAMED[value];
  if (named) return named;
  if (/^[0-9a-f]{64}$/i.test(value)) return { kind: "hashed", sha256: value.toLowerCase() };
  const names = Object.keys(NAMED).join(", ");
  throw new AwsError("InvalidArgument", `x-amz-content-sha256 must be ${names} or a valid sha256 value.`, 400, {
    ArgumentName: "x-amz-content-sha256",
    ArgumentValue: value,
  });
};

/** Throws S3's refusal when the bytes are not those that were signed. */
export const checkPayload = (signed: string, computed: string): void => {
  if (signed === computed) return;
  throw new AwsError(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    400,
    { ClientComputedContentSHA256: signed, S3ComputedContentSHA256: computed },
  );
};

/** The SHA-256 of a body, in hex. */
export const payloadHash = (body: Uint8Array): string => (body.length === 0 ? EMPTY_SHA256 : hash("sha256", body));

const EMPTY_SHA256 = hash("sha256", "");

const NAMED: Readonly<Record<string, Payload>> = {
  [UNSIGNED_PAYLOAD]: { kind: "unsigned" },
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER": { kind: "chunked", signed: false, trailer: true },
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": { kind: "chunked", signed: true, trailer: false },
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": { kind: "chunked", signed: true, trailer: true },
};
