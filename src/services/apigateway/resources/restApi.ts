import type { ApiKeySourceType, EndpointType, IpAddressType } from "@aws-sdk/client-api-gateway";
import { type ApiDefinition, definitionText, isRedefined } from "../../../engines/gateway/apiDefinition.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { listPatches, memberPatches } from "./patches.ts";
import { readRestApi } from "./readRestApi.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html */
interface RestApiProperties extends ApiDefinition {
  readonly Name?: string;
  readonly Description?: string;
  readonly Version?: string;
  readonly CloneFrom?: string;
  readonly FailOnWarnings?: boolean;
  readonly Mode?: "merge" | "overwrite";
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly ApiKeySourceType?: ApiKeySourceType;
  readonly BinaryMediaTypes?: string[];
  readonly MinimumCompressionSize?: number;
  readonly DisableExecuteApiEndpoint?: boolean;
  readonly EndpointConfiguration?: { readonly Types?: EndpointType[]; readonly IpAddressType?: IpAddressType };
  readonly Policy?: JsonObject | string;
  readonly Tags?: TagList;
}

export const restApiType = defineResourceType<RestApiProperties>({
  name: "AWS::ApiGateway::RestApi",
  unbuilt: ["EndpointAccessMode", "EndpointConfiguration.VpcEndpointIds", "SecurityPolicy"],
  create: async (ctx, desired) => {
    const definition = await definitionText(ctx, desired);
    const { id = "", rootResourceId = "" } = await ctx.call("apigateway", "CreateRestApi", {
      name: desired.Name ?? titleOf(desired) ?? ctx.logicalId,
      description: desired.Description,
      version: desired.Version,
      cloneFrom: desired.CloneFrom,
      apiKeySource: desired.ApiKeySourceType,
      binaryMediaTypes: mediaTypesOf(desired),
      minimumCompressionSize: desired.MinimumCompressionSize,
      disableExecuteApiEndpoint: desired.DisableExecuteApiEndpoint,
      endpointConfiguration: endpointOf(desired),
      policy: policyOf(desired),
      tags: tagsOf(ctx, desired.Tags),
    });
    ctx.made(id);
    if (definition !== undefined) await define(ctx, id, definition, desired, undefined);
    return { physicalId: id, attributes: { RestApiId: id, RootResourceId: rootResourceId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const definition = isRedefined(properties, desired) ? await definitionText(ctx, desired) : undefined;
    if (definition !== undefined) {
      await define(ctx, physicalId, definition, desired, properties);
    } else await describe(ctx, physicalId, desired, properties);
    await retag(ctx, `/restapis/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigateway", "DeleteRestApi", { restApiId: physicalId }));
  },
  read: readRestApi,
});

/** Puts the definition in place; what a template says beside it counts more than it. */
const define = async (
  ctx: ResourceContext,
  restApiId: string,
  definition: string,
  desired: RestApiProperties,
  before: RestApiProperties | undefined,
): Promise<void> => {
  await ctx.call("apigateway", "PutRestApi", {
    restApiId,
    mode: desired.Mode ?? "overwrite",
    failOnWarnings: desired.FailOnWarnings,
    parameters: desired.Parameters,
    body: new TextEncoder().encode(definition),
  });
  // The document has put all but the endpoint in its own place, so everything said beside it is said again.
  const { EndpointConfiguration = desired.EndpointConfiguration } = before ?? {};
  await describe(ctx, restApiId, desired, EndpointConfiguration ? { EndpointConfiguration } : {});
};

const describe = async (
  ctx: ResourceContext,
  restApiId: string,
  desired: RestApiProperties,
  properties: RestApiProperties = {},
): Promise<void> => {
  const membersOf = (of: RestApiProperties) => ({
    name: of.Name,
    description: of.Description,
    version: of.Version,
    apiKeySource: of.ApiKeySourceType,
    minimumCompressionSize: of.MinimumCompressionSize,
    disableExecuteApiEndpoint: of.DisableExecuteApiEndpoint,
    policy: policyOf(of),
    "endpointConfiguration/ipAddressType": of.EndpointConfiguration?.IpAddressType,
  });
  const title = titleOf(desired) ?? ctx.logicalId;
  const defaults = { name: title, apiKeySource: "HEADER", "endpointConfiguration/ipAddressType": "ipv4" };
  const [typeBefore = "EDGE"] = properties.EndpointConfiguration?.Types ?? [];
  const [type = "EDGE"] = desired.EndpointConfiguration?.Types ?? [];
  const patchOperations = [
    ...memberPatches(membersOf(properties), membersOf(desired), defaults),
    ...listPatches("/binaryMediaTypes", mediaTypesOf(properties), mediaTypesOf(desired)),
    ...(type !== typeBefore
      ? [{ op: "replace" as const, path: `/endpointConfiguration/types/${typeBefore}`, value: type }]
      : []),
  ];
  if (patchOperations.length > 0) await ctx.call("apigateway", "UpdateRestApi", { restApiId, patchOperations });
};

/** AWS: templates may write `image~1png` for `image/png`. */
const mediaTypesOf = ({ BinaryMediaTypes }: RestApiProperties): string[] | undefined =>
  BinaryMediaTypes?.map((type) => type.replaceAll("~1", "/"));

const titleOf = ({ Body }: RestApiProperties): string | undefined => {
  const info = Body?.["info"];
  const title = typeof info === "object" && info !== null && "title" in info ? info.title : undefined;
  return typeof title === "string" ? title : undefined;
};

const policyOf = ({ Policy }: RestApiProperties): string | undefined =>
  Policy === undefined || typeof Policy === "string" ? Policy : JSON.stringify(Policy);

/** AWS: an API that is imported may say so among the import's parameters. */
const endpointOf = ({ EndpointConfiguration: given, Parameters = {} }: RestApiProperties) => {
  if (given) return { types: given.Types, ipAddressType: given.IpAddressType };
  const types = ENDPOINT_TYPES.filter((type) => type === Parameters["endpointConfigurationTypes"]);
  return types.length === 0 ? undefined : { types };
};

const ENDPOINT_TYPES: readonly EndpointType[] = ["EDGE", "PRIVATE", "REGIONAL"];
