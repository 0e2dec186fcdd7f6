import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { asGiven, plain, unlessMissing } from "../../../kernel/resourceReading.ts";
import { provisionedOf } from "./provisioned.ts";

const GONE = "ResourceNotFoundException";

/** An alias as it is now, by its ARN. */
export const readAlias = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const at = physicalId.lastIndexOf(":");
  const [own, Name] = [physicalId.slice(0, at), physicalId.slice(at + 1)];
  const found = await unlessMissing(ctx.call("lambda", "GetAlias", { FunctionName: own, Name }), GONE);
  if (!found) return undefined;
  const { AliasArn = "", FunctionVersion, Description, RoutingConfig } = found;
  const weights = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
  const properties = plain({
    FunctionName: asGiven(given["FunctionName"], own),
    Name,
    FunctionVersion,
    Description,
    ProvisionedConcurrencyConfig: await provisionedOf(ctx, { FunctionName: own, Qualifier: Name }),
    RoutingConfig: {
      AdditionalVersionWeights: weights.map(([version, FunctionWeight]) => ({
        FunctionVersion: version,
        FunctionWeight,
      })),
    },
  });
  return { physicalId: AliasArn, attributes: { AliasArn }, properties, unread: [] };
};
