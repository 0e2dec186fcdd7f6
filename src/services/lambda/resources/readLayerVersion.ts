import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { asGiven, picked, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "ResourceNotFoundException";

/** A layer's version as it is now; AWS: where its content came from, it does not tell. */
export const readLayerVersion = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("lambda", "GetLayerVersionByArn", { Arn: physicalId }), GONE);
  if (!found) return undefined;
  const properties = plain({
    LayerName: asGiven(given["LayerName"], found.LayerArn),
    ...picked(found, ["CompatibleArchitectures", "CompatibleRuntimes", "Description", "LicenseInfo"]),
  });
  return { physicalId, attributes: { LayerVersionArn: physicalId }, properties, unread: ["Content"] };
};
