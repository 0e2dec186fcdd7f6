import {
  ExpiredTokenException,
  InvalidIdentityTokenException,
  MalformedPolicyDocumentException,
  PackedPolicyTooLargeException,
} from "@aws-sdk/client-sts";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const validationError = (message: string) => new AwsError("ValidationError", message);

export const malformedPolicy = (message: string) => new MalformedPolicyDocumentException({ message, $metadata });

export const packedPolicyTooLarge = (percent: number) =>
  new PackedPolicyTooLargeException({
    message: `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    $metadata,
  });

export const invalidIdentityToken = (message: string) => new InvalidIdentityTokenException({ message, $metadata });

export const expiredToken = (message: string) => new ExpiredTokenException({ message, $metadata });

export const accessDenied = (message: string) => new AwsError("AccessDenied", message, 403);
