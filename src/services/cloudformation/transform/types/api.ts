import { authorizerPermission } from "../apis/authorizerPermission.ts";
import { restAuthorizers } from "../apis/restAuthorizer.ts";
import { addDeclaredParts } from "../apis/restBody.ts";
import { deploymentId, restDeployment } from "../apis/restDeployment.ts";
import { restDomainResources } from "../apis/restDomain.ts";
import { usagePlanResources } from "../apis/usagePlans.ts";
import { hasEdgeEndpoints } from "../arns.ts";
import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import { definitionLocation } from "../codeLocation.ts";
import type { Context, SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { suffixedStageId } from "../ids.ts";
import { ref } from "../intrinsics.ts";
import { toOpenApi3 } from "../openapi/postprocess.ts";
import { propagateTags } from "../propagateTags.ts";
import { FLAG, LIST, MAP, oneOf, optional, type Properties, required, strict, TEXT, WHOLE } from "../properties.ts";
import { resolveParameters } from "../resolve.ts";
import { tagList } from "../tags.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";

const textOrMap = oneOf(TEXT, MAP);

const API_PROPERTIES: Properties = {
  __MANAGE_SWAGGER: optional(FLAG),
  Name: optional(textOrMap),
  StageName: required(textOrMap),
  Tags: optional(MAP),
  PropagateTags: optional(FLAG),
  DefinitionBody: optional(MAP),
  DefinitionUri: optional(textOrMap),
  MergeDefinitions: strict(FLAG),
  CacheClusterEnabled: optional(FLAG),
  CacheClusterSize: optional(TEXT),
  Variables: optional(MAP),
  EndpointConfiguration: optional(textOrMap),
  MethodSettings: optional(LIST),
  BinaryMediaTypes: optional(LIST),
  MinimumCompressionSize: optional(WHOLE),
  Cors: optional(textOrMap),
  Auth: optional(MAP),
  GatewayResponses: optional(MAP),
  AccessLogSetting: optional(MAP),
  CanarySetting: optional(MAP),
  TracingEnabled: optional(FLAG),
  OpenApiVersion: optional(TEXT),
  Models: optional(MAP),
  Domain: optional(MAP),
  FailOnWarnings: optional(FLAG),
  Description: optional(TEXT),
  Mode: optional(TEXT),
  DisableExecuteApiEndpoint: optional(FLAG),
  ApiKeySourceType: optional(TEXT),
  AlwaysDeploy: strict(FLAG),
  Policy: optional(textOrMap),
  SecurityPolicy: optional(TEXT),
  EndpointAccessMode: optional(TEXT),
};

/** AWS::Serverless::Api: a REST API with its deployment, stage, domain and usage plan. */
export const api: SamType = {
  properties: API_PROPERTIES,
  referable: {
    Stage: "AWS::ApiGateway::Stage",
    Deployment: "AWS::ApiGateway::Deployment",
    DomainName: "AWS::ApiGateway::DomainName",
    DomainNameV2: "AWS::ApiGateway::DomainNameV2",
    UsagePlan: "AWS::ApiGateway::UsagePlan",
    UsagePlanKey: "AWS::ApiGateway::UsagePlanKey",
    ApiKey: "AWS::ApiGateway::ApiKey",
  },
  transform: (resource, context) => {
    const { properties } = resource;
    for (const name of ["BinaryMediaTypes", "Domain", "Auth"]) {
      if (properties.has(name)) properties.set(name, resolveParameters(properties.get(name), context.parameters));
    }
    const restApi = makeRestApi(resource, context);
    const domain = restDomainResources(resource, properties.get("Domain"), context);
    const deployment = restDeployment(resource);
    const stage = makeStage(resource, deployment);
    const definition = restApi.get("Body") ?? restApi.get("BodyS3Location");
    deploymentId(resource, definition, deployment, context);
    stage.set("DeploymentId", ref(deployment.logicalId));
    const auth = properties.get("Auth");
    const resources = [restApi, deployment, stage, ...authorizerPermissions(resource, context), ...domain];
    if (isDict(auth)) resources.push(...usagePlanResources(resource, auth, stage, context));
    propagateTags(resources, properties.get("Tags"), truthy(properties.get("PropagateTags")));
    return resources;
  },
};

const makeRestApi = (resource: SamResource, context: Context): CfnResource => {
  const { properties, logicalId } = resource;
  checkDefinition(resource);
  const restApi = new CfnResource("AWS::ApiGateway::RestApi", logicalId, resource.attributes);
  restApi.dependsOn = resource.dependsOn;
  restApi.set("BinaryMediaTypes", properties.get("BinaryMediaTypes"));
  restApi.set("MinimumCompressionSize", properties.get("MinimumCompressionSize"));
  const endpoint = properties.get("EndpointConfiguration");
  if (truthy(endpoint)) setEndpoint(restApi, endpoint);
  else if (!hasEdgeEndpoints(context.partition)) setEndpoint(restApi, "REGIONAL");
  const body = addDeclaredParts(resource, context);
  if (truthy(properties.get("DefinitionUri"))) {
    restApi.set("BodyS3Location", definitionLocation(properties.get("DefinitionUri"), logicalId));
  } else if (isDict(body) && body.size > 0) {
    restApi.set("Body", toOpenApi3(body, properties.get("OpenApiVersion")));
  }
  const optionalNames = [
    "FailOnWarnings",
    "Name",
    "Description",
    "Mode",
    "ApiKeySourceType",
    "Policy",
    "SecurityPolicy",
    "EndpointAccessMode",
  ];
  for (const name of optionalNames) if (truthy(properties.get(name))) restApi.set(name, properties.get(name));
  return restApi;
};

const checkDefinition = ({ properties, logicalId }: SamResource): void => {
  const uri = truthy(properties.get("DefinitionUri"));
  if (uri && truthy(properties.get("DefinitionBody"))) {
    throw new InvalidResource(logicalId, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  }
  if (uri && truthy(properties.get("MergeDefinitions"))) {
    throw new InvalidResource(logicalId, "Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.");
  }
  const version = properties.get("OpenApiVersion");
  if (truthy(version) && !/^[2-3](\.\d)(\.\d)?\n?$/.test(shown(version))) {
    throw new InvalidResource(logicalId, "The OpenApiVersion value must be of the format '3.0.0'.");
  }
};

const setEndpoint = (restApi: CfnResource, value: Value): void => {
  const type = isDict(value) ? value.get("Type") : null;
  const endpoint = Dict.plain({ Types: [truthy(type) ? type : value] });
  restApi.set("Parameters", Dict.plain({ endpointConfigurationTypes: truthy(type) ? type : value }));
  restApi.set("EndpointConfiguration", endpoint);
  if (!isDict(value) || !truthy(type)) return;
  if (value.has("VPCEndpointIds") && value.has("VpcEndpointIds")) {
    throw new InvalidResource(
      restApi.logicalId,
      "'VPCEndpointIds' and 'VpcEndpointIds' cannot be used together in EndpointConfiguration.",
    );
  }
  if (value.has("VPCEndpointIds") || value.has("VpcEndpointIds")) {
    const older = value.get("VPCEndpointIds");
    endpoint.set("VpcEndpointIds", truthy(older) ? older : value.get("VpcEndpointIds"));
  }
  if (value.has("IpAddressType")) endpoint.set("IpAddressType", value.get("IpAddressType"));
};

const makeStage = ({ properties, logicalId, attributes }: SamResource, deployment: CfnResource): CfnResource => {
  const name = properties.get("StageName");
  const stage = new CfnResource(
    "AWS::ApiGateway::Stage",
    suffixedStageId(logicalId, textOf(name) ?? ""),
    passedOnAttributes(attributes),
    { RestApiId: ref(logicalId), DeploymentId: ref(deployment.logicalId), StageName: name },
  );
  const same = [
    "CacheClusterEnabled",
    "CacheClusterSize",
    "Variables",
    "MethodSettings",
    "AccessLogSetting",
    "CanarySetting",
    "TracingEnabled",
  ];
  for (const property of same) stage.set(property, properties.get(property));
  if (properties.get("Tags") !== null) stage.set("Tags", tagList(properties.get("Tags")));
  return stage;
};

const authorizerPermissions = (resource: SamResource, context: Context): CfnResource[] => {
  const auth = resource.properties.get("Auth");
  if (!isDict(auth)) return [];
  const authorizers = restAuthorizers(resource.logicalId, auth.get("Authorizers"), null);
  return [...authorizers.values()]
    .filter((authorizer) => authorizer.grantsPermission)
    .map(({ name, functionArn }) =>
      authorizerPermission(
        `${resource.logicalId}${name}AuthorizerPermission`,
        functionArn,
        resource.logicalId,
        context.partition,
        passedOnAttributes(resource.attributes),
      ),
    );
};
