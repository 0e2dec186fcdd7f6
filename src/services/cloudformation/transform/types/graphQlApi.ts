import type { CfnResource } from "../cfnResource.ts";
import type { SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { authConnectors, setAuth } from "../graphql/auth.ts";
import { GraphQlBuilder } from "../graphql/builder.ts";
import { dataSourceResources } from "../graphql/dataSources.ts";
import { functionResources } from "../graphql/functions.ts";
import { resolverResources } from "../graphql/resolvers.ts";
import { getAtt, ref, sub } from "../intrinsics.ts";
import { assumedBy } from "../policies/documents.ts";
import { FLAG, MAP, oneOf, passed, strict, TEXT } from "../properties.ts";
import { GRAPHQL_API } from "../shapes/graphQlApi.ts";
import { ShapeProblems } from "../shapes/shape.ts";
import { tagList } from "../tags.ts";
import { Dict, either, isDict, literal, truthy, type Value } from "../values/value.ts";

/** AWS::Serverless::GraphQLApi: an AppSync API with its schema, data sources, functions and resolvers. */
export const graphQlApi: SamType = {
  lenient: true,
  properties: {
    Name: passed(),
    Tags: strict(MAP),
    XrayEnabled: passed(),
    Auth: strict(MAP, true),
    SchemaInline: strict(TEXT),
    SchemaUri: strict(TEXT),
    Logging: strict(oneOf(MAP, FLAG)),
    DataSources: strict(MAP),
    Functions: strict(MAP),
    Resolvers: strict(MAP),
    ApiKeys: strict(MAP),
    DomainName: strict(MAP),
    Cache: strict(MAP),
    Visibility: passed(),
    OwnerContact: passed(),
    IntrospectionConfig: passed(),
    QueryDepthLimit: passed(),
    ResolverCountLimit: passed(),
  },
  transform: (resource, context) => {
    const model = readModel(resource);
    const builder = new GraphQlBuilder(resource);
    const api = makeApi(builder, model);
    const functionArns = setAuth(resource.logicalId, api, model);
    const resources = [api, schema(builder, model), ...authConnectors(resource, functionArns, context)];
    const logging = loggingOf(builder, model);
    if (logging) api.set("LogConfig", logging.config);
    if (logging?.role) resources.push(logging.role);
    resources.push(...apiKeys(builder, model), ...cache(builder, model));
    resources.push(...dataSourceResources(builder, model, context), ...domainName(builder, model));
    resources.push(...functionResources(builder, model), ...resolverResources(builder, model));
    return builder.noneSource ? [...resources, builder.noneSource] : resources;
  },
};

const readModel = ({ properties, logicalId }: SamResource): Dict => {
  const given = Dict.plain();
  for (const name of Object.keys(graphQlApi.properties)) {
    if (properties.get(name) !== null) given.set(name, properties.get(name));
  }
  const read = GRAPHQL_API(given, []);
  if (read instanceof ShapeProblems) {
    throw new InvalidResource(logicalId, `Property '${read.list[0]?.path.join(".") ?? ""}' is invalid.`);
  }
  return isDict(read) ? read : Dict.plain();
};

const makeApi = (builder: GraphQlBuilder, model: Dict): CfnResource => {
  const tags = isDict(model.get("Tags")) ? model.get("Tags") : Dict.plain();
  if (isDict(tags)) tags.set("graphqlapi:createdBy", literal("SAM"));
  const api = builder.resource("AWS::AppSync::GraphQLApi", builder.apiId, {
    Name: either(model.get("Name"), builder.apiId),
    XrayEnabled: model.get("XrayEnabled"),
    Tags: tagList(tags),
  });
  for (const name of ["Visibility", "OwnerContact", "IntrospectionConfig", "QueryDepthLimit", "ResolverCountLimit"]) {
    if (truthy(model.get(name))) api.set(name, model.get(name));
  }
  return api;
};

const schema = (builder: GraphQlBuilder, model: Dict): CfnResource => {
  const [inline, uri] = [model.get("SchemaInline"), model.get("SchemaUri")];
  if (!truthy(inline) && !truthy(uri)) {
    throw new InvalidResource(builder.apiId, "One of 'SchemaInline' or 'SchemaUri' must be set.");
  }
  if (truthy(inline) && truthy(uri)) {
    throw new InvalidResource(builder.apiId, "Both 'SchemaInline' and 'SchemaUri' cannot be defined at the same time.");
  }
  return builder.resource("AWS::AppSync::GraphQLSchema", builder.schemaId, {
    ApiId: builder.apiIdAttribute,
    Definition: inline,
    DefinitionS3Location: uri,
  });
};

/** Logging is on unless it is refused; without a role of the author's, one is made. */
const loggingOf = (
  builder: GraphQlBuilder,
  model: Dict,
): { readonly config: Dict; readonly role: CfnResource | undefined } | undefined => {
  const logging = model.get("Logging");
  if (logging === false) return undefined;
  const config = Dict.plain();
  const settings = isDict(logging) ? logging : Dict.plain();
  if (truthy(settings.get("ExcludeVerboseContent"))) {
    config.put("ExcludeVerboseContent", settings.get("ExcludeVerboseContent"));
  }
  config.put("FieldLogLevel", either(settings.get("FieldLogLevel"), literal("ALL")));
  const given = settings.get("CloudWatchLogsRoleArn");
  if (truthy(given)) {
    config.put("CloudWatchLogsRoleArn", given);
    return { config, role: undefined };
  }
  const policy = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs";
  const role = builder.resource("AWS::IAM::Role", `${builder.apiId}CloudWatchRole`, {
    AssumeRolePolicyDocument: assumedBy("appsync.amazonaws.com"),
    ManagedPolicyArns: [sub(literal(policy))],
  });
  config.put("CloudWatchLogsRoleArn", getAtt(role.logicalId, "Arn"));
  return { config, role };
};

const apiKeys = (builder: GraphQlBuilder, model: Dict): CfnResource[] => {
  const keys: Value = model.get("ApiKeys");
  return (isDict(keys) ? keys.entries() : []).map(([name, key]) => {
    const config = isDict(key) ? key : Dict.plain();
    return builder.resource("AWS::AppSync::ApiKey", builder.apiId + name, {
      ApiId: builder.apiIdAttribute,
      ApiKeyId: config.get("ApiKeyId"),
      Description: config.get("Description"),
      Expires: config.get("ExpiresOn"),
    });
  });
};

const cache = (builder: GraphQlBuilder, model: Dict): CfnResource[] => {
  const config = model.get("Cache");
  if (!isDict(config)) return [];
  const made = builder.resource("AWS::AppSync::ApiCache", `${builder.apiId}ApiCache`, {
    ApiId: builder.apiIdAttribute,
  });
  for (const [name, value] of config.entries()) made.set(name, value);
  return [made];
};

const domainName = (builder: GraphQlBuilder, model: Dict): CfnResource[] => {
  const config = model.get("DomainName");
  if (!isDict(config)) return [];
  const domain = builder.resource("AWS::AppSync::DomainName", `${builder.apiId}DomainName`, {
    CertificateArn: config.get("CertificateArn"),
    DomainName: config.get("DomainName"),
    Description: config.get("Description"),
  });
  const association = builder.resource(
    "AWS::AppSync::DomainNameApiAssociation",
    `${builder.apiId}DomainNameApiAssociation`,
    { ApiId: builder.apiIdAttribute, DomainName: ref(domain.logicalId) },
  );
  return [domain, association];
};
