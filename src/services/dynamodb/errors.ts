import {
  PointInTimeRecoveryUnavailableException,
  ResourceInUseException,
  ResourceNotFoundException,
  TableNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

/** DynamoDB's refusal of a request that is not well-formed; its SDK has no class for it. */
export const validationError = (message: string): AwsError => new AwsError("ValidationException", message);

/** The same for parameters, in the words AWS begins these messages with. */
export const invalidParameter = (detail: string): AwsError =>
  validationError(`One or more parameter values were invalid: ${detail}`);

/**
 * Runs what PutItem, UpdateItem and DeleteItem check before they look for the table, and what Query makes of Select: AWS
 * gives these refusals as a list of one, and others as they are.
 */
export const listedRefusals = <R>(check: () => R): R => {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ValidationException") throw error;
    throw validationError(`1 validation error detected: ${error.message}`);
  }
};

/** What table operations say when they are told no table. */
export const missingTableName = () =>
  validationError("The parameter 'TableName' is required but was not present in the request");

/** What batches say that ask for nothing of any table. */
export const noRequestItems = (operation: "BatchGetItem" | "BatchWriteItem") =>
  validationError(`The requestItems parameter is required for ${operation}`);

/** What item operations say of a table that is not there. */
export const tableNotFound = () =>
  new ResourceNotFoundException({ message: "Requested resource not found", $metadata });

/** What table operations say of it. */
export const namedTableNotFound = (name: string) =>
  new ResourceNotFoundException({ message: `Requested resource not found: Table: ${name} not found`, $metadata });

/** What tag operations say of it; AWS misspells the member. */
export const resourceNotFound = (arn: string) =>
  new ResourceNotFoundException({ message: `Requested resource not found: ResourcArn: ${arn} not found`, $metadata });

/** What operations on backups, restores and exports say of it. */
export const backedUpTableNotFound = (name: string) =>
  new TableNotFoundException({ message: `Table not found: ${name}`, $metadata });

/** What AWS says of a table whose past is not kept. */
export const recoveryUnavailable = (name: string) =>
  new PointInTimeRecoveryUnavailableException({
    message: `Point in time recovery is not enabled for table '${name}'`,
    $metadata,
  });

export const tableExists = (name: string) =>
  new ResourceInUseException({ message: `Table already exists: ${name}`, $metadata });
