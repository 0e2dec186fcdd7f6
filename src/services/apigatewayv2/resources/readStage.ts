import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { plain, tagMap, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "NotFoundException";

/** A stage as it is now. */
export const readStage = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const ApiId = textOf(given, "ApiId");
  if (ApiId === undefined) return undefined;
  const found = await unlessMissing(ctx.call("apigatewayv2", "GetStage", { ApiId, StageName: physicalId }), GONE);
  if (!found) return undefined;
  const properties = plain({ ...found, ApiId, Tags: tagMap(found.Tags) });
  return { physicalId, attributes: {}, properties, unread: ["AccessPolicyId"] };
};
