import { picked, type ResourceReader, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

const MEMBERS = ["DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"];

/** How a function's events are tried again, as it is now; whose, only the template tells. */
export const readEventInvokeConfig: ResourceReader = async (ctx, physicalId, given) => {
  const FunctionName = textOf(given, "FunctionName");
  const Qualifier = textOf(given, "Qualifier");
  if (FunctionName === undefined || Qualifier === undefined) return undefined;
  const asked = ctx.call("lambda", "GetFunctionEventInvokeConfig", { FunctionName, Qualifier });
  const found = await unlessMissing(asked, "ResourceNotFoundException");
  const properties = found && { FunctionName, Qualifier, ...picked(found, MEMBERS) };
  return properties && { physicalId, attributes: {}, properties, unread: [] };
};
