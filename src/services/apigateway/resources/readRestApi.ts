import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, parsed, picked, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

/** An API as it is now; AWS: the definition it was made of it does not tell. */
export const readRestApi = async (ctx: ResourceContext, physicalId: string): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(
    ctx.call("apigateway", "GetRestApi", { restApiId: physicalId }),
    "NotFoundException",
  );
  if (!found) return undefined;
  const { apiKeySource, policy, tags, rootResourceId = "", ...rest } = found;
  const properties = plain({
    ...picked(capitalized(rest), API),
    ApiKeySourceType: apiKeySource,
    Policy: parsed(policy),
    Tags: tagList(tags),
  });
  const attributes = { RestApiId: physicalId, RootResourceId: rootResourceId };
  return { physicalId, attributes, properties, unread: UNREAD };
};

const API = [
  "BinaryMediaTypes",
  "Description",
  "DisableExecuteApiEndpoint",
  "EndpointConfiguration",
  "MinimumCompressionSize",
  "Name",
  "Version",
];

const UNREAD = [
  "Body",
  "BodyS3Location",
  "CloneFrom",
  "EndpointAccessMode",
  "FailOnWarnings",
  "Mode",
  "Parameters",
  "SecurityPolicy",
];
