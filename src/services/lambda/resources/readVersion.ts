import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { asGiven, plain, unlessMissing } from "../../../kernel/resourceReading.ts";
import { provisionedOf } from "./provisioned.ts";

const GONE = "ResourceNotFoundException";

/** A published version as it is now. */
export const readVersion = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("lambda", "GetFunctionConfiguration", { FunctionName: physicalId }), GONE);
  if (!found) return undefined;
  const { FunctionArn = "", Version = "", Description, CodeSha256 } = found;
  const own = FunctionArn.slice(0, FunctionArn.lastIndexOf(":"));
  const properties = plain({
    FunctionName: asGiven(given["FunctionName"], own),
    Description,
    CodeSha256,
    ProvisionedConcurrencyConfig: await provisionedOf(ctx, { FunctionName: own, Qualifier: Version }),
  });
  const unread = ["FunctionScalingConfig", "RuntimePolicy"];
  return { physicalId: FunctionArn, attributes: { FunctionArn, Version }, properties, unread };
};
