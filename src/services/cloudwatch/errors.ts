import {
  DashboardInvalidInputError,
  DashboardNotFoundError,
  InvalidFormatFault,
  InvalidNextToken,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  MissingRequiredParameterException,
  ResourceNotFound,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch";
import { AwsError } from "../../kernel/errors.ts";

const $metadata = {};

export const invalidValue = (message: string) => new InvalidParameterValueException({ message, $metadata });
export const invalidCombination = (message: string) => new InvalidParameterCombinationException({ message, $metadata });
export const missing = (message: string) => new MissingRequiredParameterException({ message, $metadata });
export const invalidFormat = (message: string) => new InvalidFormatFault({ message, $metadata });
export const invalidToken = () => new InvalidNextToken({ message: "The next token is not valid.", $metadata });
/** AWS: rules across members are answered under the code of its validation. */
export const validationError = (message: string) => new AwsError("ValidationError", message);

/** AWS: of an alarm that is not there, nothing is said but that. */
export const noAlarm = () => new ResourceNotFound({ message: "", $metadata });
export const noResource = (arn: string) =>
  new ResourceNotFoundException({
    ResourceType: "cloudwatch",
    ResourceId: arn,
    message: `Unknown resource ${arn}`,
    $metadata,
  });
export const noDashboards = (names: readonly string[]) =>
  new DashboardNotFoundError({ message: `Dashboard ${names.join(", ")} does not exist`, $metadata });
export const invalidDashboard = (
  message: string,
  dashboardValidationMessages: { readonly DataPath: string; readonly Message: string }[] = [],
) => new DashboardInvalidInputError({ message, dashboardValidationMessages, $metadata });
