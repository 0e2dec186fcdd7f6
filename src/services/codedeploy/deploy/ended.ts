import { errorCode, errorMessage, isRefusal } from "../../../kernel/errors.ts";
import type { DeploymentRecord, EventFailure, Failure } from "../records.ts";

/** Thrown where a deployment ends other than well. */
export class Ended extends Error {
  readonly status: "Failed" | "Stopped";
  readonly failure: Failure;
  /** What its lifecycle event shows, where that is more than the failure's message. */
  readonly event: EventFailure | undefined;

  constructor(status: "Failed" | "Stopped", failure: Failure, event?: EventFailure) {
    super(failure.message);
    this.name = "Ended";
    this.status = status;
    this.failure = failure;
    this.event = event;
  }
}

const BAD_APP_SPEC =
  "The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration.";

/** A deployment whose AppSpec says nothing that can be done. */
export const misconfigured = (detail: string): Ended =>
  new Ended("Failed", { code: "INVALID_LAMBDA_CONFIGURATION", message: `${BAD_APP_SPEC} ${detail}` });

/** A deployment whose group or application was deleted, which AWS lets anybody do meanwhile. */
export const missing = ({ application, group, deleted }: DeploymentRecord): Ended =>
  new Ended(
    "Failed",
    deleted === "application"
      ? { code: "APPLICATION_MISSING", message: `The application ${application} is gone.` }
      : { code: "DEPLOYMENT_GROUP_MISSING", message: `The deployment group ${group} is gone.` },
  );

/** How a deployment ends by what was thrown: what AWS refuses its calls is its failure. */
export const endedBy = (error: unknown, roleArn: string): Ended => {
  if (error instanceof Ended) return error;
  return new Ended("Failed", isRefusal(error) ? failureBy(error, roleArn) : internal(error));
};

const internal = (error: unknown): Failure => ({ code: "INTERNAL_ERROR", message: errorMessage(error) });

const MISSING: ReadonlySet<string> = new Set(["NoSuchKey", "NoSuchBucket", "NoSuchVersion"]);

const failureBy = (error: unknown, roleArn: string): Failure => {
  const code = errorCode(error);
  const detail = errorMessage(error);
  if (/AccessDenied/.test(code))
    return { code: "IAM_ROLE_PERMISSIONS", message: `${lacksPermission(roleArn, detail)} ${detail}` };
  if (MISSING.has(code)) return { code: "REVISION_MISSING", message: detail };
  return code === "ResourceNotFoundException" ? { code: "INVALID_LAMBDA_FUNCTION", message: detail } : internal(error);
};

const SERVICES: Readonly<Record<string, string>> = { s3: "AmazonS3", cloudwatch: "AmazonCloudWatch" };

const lacksPermission = (roleArn: string, detail: string): string => {
  const service = SERVICES[/perform: (\w+):/.exec(detail)?.[1] ?? ""] ?? "AWSLambda";
  return `The IAM role ${roleArn} does not give you permission to perform operations in the following AWS service: ${service}. Contact your AWS administrator if you need help. If you are an AWS administrator, you can grant permissions to your users or groups by creating IAM policies.`;
};
