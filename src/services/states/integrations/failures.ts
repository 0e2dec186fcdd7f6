import { StateFailure } from "../../../engines/states/failure.ts";
import { AwsError, errorCode, errorMessage, isRefusal, NotImplemented } from "../../../kernel/errors.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Refusing } from "./model.ts";

/**
 * AWS: what a service refuses is an error of the service's name and the refusal's; of a refusal that its SDK has no class
 * for, the name is that of the SDK's own exception. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const asFailure = (ids: Ids, error: unknown, refusing: Refusing): unknown => {
  if (!isRefusal(error)) return error;
  const { errorPrefix, client } = refusing;
  const details = { code: errorCode(error), status: statusOf(error, client ?? errorPrefix), requestId: ids.uuid() };
  const told = client === undefined ? sdkDetails(ids, errorPrefix, details) : clientDetails(client, details);
  return new StateFailure(`${errorPrefix}.${nameOf(error, refusing)}`, `${errorMessage(error)} (${told})`);
};

const nameOf = (error: unknown, { errorPrefix, client = errorPrefix }: Refusing): string => {
  const code = errorCode(error);
  const isModelled = errorPrefix === "S3" && S3_MODELLED.has(code);
  if (error instanceof AwsError && !isModelled && !(error instanceof NotImplemented))
    return `${client.replace(/v\d$/, "")}Exception`;
  return code.endsWith("Exception") ? code : `${code}Exception`;
};

/** What S3's model has exceptions for; S3 here refuses by code alone. */
const S3_MODELLED: ReadonlySet<string> = new Set([
  "BucketAlreadyExists",
  "BucketAlreadyOwnedByYou",
  "InvalidObjectState",
  "NoSuchBucket",
  "NoSuchKey",
  "NoSuchUpload",
]);

interface Details {
  readonly code: string;
  readonly status: number;
  readonly requestId: string;
}

/** As the first SDK for Java, which Step Functions' own integrations use, ends its messages. */
const clientDetails = (client: string, { code, status, requestId }: Details): string =>
  `Service: ${client}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`;

/** As the second does. */
const sdkDetails = (ids: Ids, name: string, { status, requestId }: Details): string => {
  const extended = name === "S3" ? `, Extended Request ID: ${ids.bytes(EXTENDED_ID_BYTES).toString("base64")}` : "";
  return `Service: ${name}, Status Code: ${status}, Request ID: ${requestId}${extended}`;
};

const EXTENDED_ID_BYTES = 56;

/** Services whose refusals have a status each; of the others it is 400 unless the refusal says so itself. */
const WITH_STATUS: ReadonlySet<string> = new Set([
  "AWSLambda",
  "AmazonSNS",
  "ApiGateway",
  "ApiGatewayV2",
  "Lambda",
  "S3",
]);

const statusOf = (error: unknown, service: string): number => {
  if (error instanceof AwsError) return error.statusCode;
  if (!WITH_STATUS.has(service)) return 400;
  const code = errorCode(error);
  if (/NotFound|NoSuch/.test(code)) return 404;
  if (/AccessDenied|AuthorizationError/.test(code)) return 403;
  if (/TooManyRequests/.test(code)) return 429;
  return /Conflict|AlreadyExists/.test(code) ? 409 : 400;
};
