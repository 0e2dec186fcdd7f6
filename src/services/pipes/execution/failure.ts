import { parseArn } from "../../../kernel/arn.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";

/** The `error` of a log record. */
export interface FailureDocument {
  readonly message: string;
  readonly httpStatusCode?: number;
  readonly awsService?: string;
  readonly requestId?: string;
  readonly exceptionType?: string;
  readonly resourceArn?: string;
}

/** A stage that failed: what it was given is tried again, as the source has it. */
export class StageFailure extends Error {
  readonly document: FailureDocument;

  constructor(document: FailureDocument) {
    super(document.message);
    this.name = "StageFailure";
    this.document = document;
  }
}

/** What a log says of a call that was refused. */
export const failureOf = (stage: string, resourceArn: string, requestId: string, error: unknown): FailureDocument => {
  const awsService = parseArn(resourceArn)?.service ?? "";
  const service = awsService.charAt(0).toUpperCase() + awsService.slice(1);
  const isDenied = /^(AccessDenied|AuthorizationError)/.test(errorCode(error));
  const why = isDenied ? `Not allowed to invoke ${resourceArn}.` : errorMessage(error);
  return {
    message: `${stage} invocation failed with error from ${service}. ${why}`,
    httpStatusCode: 400,
    awsService,
    requestId,
    exceptionType: isDenied ? "AccessDenied" : errorCode(error),
    resourceArn,
  };
};
