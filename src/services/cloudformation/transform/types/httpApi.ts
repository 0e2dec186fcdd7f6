import { v2DomainResources } from "../apis/apiV2Domain.ts";
import { authorizerPermission } from "../apis/authorizerPermission.ts";
import { httpAuthorizers } from "../apis/httpAuthorizer.ts";
import { addHttpDeclaredParts } from "../apis/httpBody.ts";
import { CfnResource, passedOnAttributes } from "../cfnResource.ts";
import { definitionLocation } from "../codeLocation.ts";
import type { Context, SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { suffixedStageId } from "../ids.ts";
import { ref } from "../intrinsics.ts";
import { DEFAULT_PATH } from "../openapi/document.ts";
import { propagateTags } from "../propagateTags.ts";
import { FLAG, MAP, oneOf, optional, passed, TEXT } from "../properties.ts";
import { resolveParameters } from "../resolve.ts";
import { Dict, either, isDict, textOf, truthy } from "../values/value.ts";

const MARK_TAG = "httpapi:createdBy";

/** AWS::Serverless::HttpApi: an HTTP API with its stage, authorizers and domain. */
export const httpApi: SamType = {
  properties: {
    __MANAGE_SWAGGER: optional(FLAG),
    Name: passed(),
    StageName: optional(oneOf(TEXT, MAP)),
    Tags: optional(MAP),
    PropagateTags: optional(FLAG),
    DefinitionBody: optional(MAP),
    DefinitionUri: optional(oneOf(TEXT, MAP)),
    StageVariables: optional(MAP),
    CorsConfiguration: optional(oneOf(FLAG, MAP)),
    AccessLogSettings: optional(MAP),
    DefaultRouteSettings: optional(MAP),
    Auth: optional(MAP),
    RouteSettings: optional(MAP),
    Domain: optional(MAP),
    FailOnWarnings: optional(FLAG),
    Description: optional(TEXT),
    DisableExecuteApiEndpoint: optional(FLAG),
  },
  referable: { Stage: "AWS::ApiGatewayV2::Stage", DomainName: "AWS::ApiGatewayV2::DomainName" },
  transform: (resource, context) => {
    const { properties } = resource;
    for (const name of ["CorsConfiguration", "Domain"]) {
      if (properties.has(name)) properties.set(name, resolveParameters(properties.get(name), context.parameters));
    }
    const tags = markedTags(resource);
    const made = makeApi(resource, tags, context);
    const attributes = passedOnAttributes(resource.attributes);
    const domain = v2DomainResources(
      { apiId: resource.logicalId, domain: properties.get("Domain"), attributes, markTag: MARK_TAG },
      context,
    );
    const resources = [made, ...permissions(resource), ...domain, makeStage(resource, tags)];
    propagateTags(resources, properties.get("Tags"), properties.get("DefinitionBody") !== null);
    return resources;
  },
};

/** The author's tags and SAM's mark; only documents written inline can carry them. */
const markedTags = ({ properties }: SamResource): Dict | undefined => {
  if (!truthy(properties.get("DefinitionBody"))) return undefined;
  const given = properties.get("Tags");
  const tags = isDict(given) && given.size > 0 ? given : Dict.plain();
  return tags;
};

const makeApi = (resource: SamResource, tags: Dict | undefined, context: Context): CfnResource => {
  const { properties, logicalId } = resource;
  const api = new CfnResource("AWS::ApiGatewayV2::Api", logicalId, resource.attributes);
  api.dependsOn = resource.dependsOn;
  if (truthy(properties.get("DefinitionUri")) && truthy(properties.get("DefinitionBody"))) {
    throw new InvalidResource(logicalId, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  }
  const body = addHttpDeclaredParts(resource, tags, MARK_TAG, context);
  if (truthy(properties.get("FailOnWarnings"))) api.set("FailOnWarnings", properties.get("FailOnWarnings"));
  if (truthy(properties.get("DefinitionUri"))) {
    api.set("BodyS3Location", definitionLocation(properties.get("DefinitionUri"), logicalId));
  } else if (truthy(body)) api.set("Body", body);
  else {
    throw new InvalidResource(
      logicalId,
      "'DefinitionUri' or 'DefinitionBody' are required properties of an 'AWS::Serverless::HttpApi'. Add a value for one of these properties or add a 'HttpApi' event to an 'AWS::Serverless::Function'.",
    );
  }
  return api;
};

const permissions = ({ logicalId, properties, attributes }: SamResource): CfnResource[] => {
  const auth = properties.get("Auth");
  if (!isDict(auth) || auth.size === 0) return [];
  const authorizers = httpAuthorizers(logicalId, auth.get("Authorizers"), auth.get("EnableIamAuthorizer"));
  return [...authorizers.values()]
    .filter(({ grantsPermission, config }) => grantsPermission && truthy(config.get("FunctionArn")))
    .map(({ name, config }) =>
      authorizerPermission(
        `${logicalId}${name}AuthorizerPermission`,
        config.get("FunctionArn"),
        logicalId,
        "${AWS::Partition}",
        passedOnAttributes(attributes),
      ),
    );
};

const makeStage = ({ logicalId, properties, attributes }: SamResource, tags: Dict | undefined): CfnResource => {
  const name = either(properties.get("StageName"), DEFAULT_PATH);
  const text = textOf(name) ?? "";
  const id = text === DEFAULT_PATH ? `${logicalId}ApiGatewayDefaultStage` : suffixedStageId(logicalId, text);
  const stage = new CfnResource("AWS::ApiGatewayV2::Stage", id, passedOnAttributes(attributes), {
    ApiId: ref(logicalId),
    StageName: name,
    Tags: truthy(tags) ? (tags ?? null) : properties.get("Tags"),
    AutoDeploy: true,
  });
  for (const property of ["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"]) {
    stage.set(property, properties.get(property));
  }
  return stage;
};
