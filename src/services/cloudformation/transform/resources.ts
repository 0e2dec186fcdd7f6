import { own } from "../../../kernel/own.ts";
import { type CfnResource, checkLogicalId } from "./cfnResource.ts";
import { type Context, type SamResource, type SamType, section } from "./context.ts";
import { DuplicateLogicalId, InvalidResource, SamError } from "./errors.ts";
import { apiIdOf } from "./events/linkedApi.ts";
import { expandPolicyTemplates } from "./policies/policyTemplates.ts";
import { checkProperties } from "./properties.ts";
import type { References } from "./references.ts";
import { resolveParameters } from "./resolve.ts";
import { api } from "./types/api.ts";
import { application, locateApplication } from "./types/application.ts";
import { capacityProvider } from "./types/capacityProvider.ts";
import { connector } from "./types/connector.ts";
import { serverlessFunction } from "./types/function.ts";
import { graphQlApi } from "./types/graphQlApi.ts";
import { httpApi } from "./types/httpApi.ts";
import { layerVersion } from "./types/layerVersion.ts";
import { simpleTable } from "./types/simpleTable.ts";
import { stateMachine } from "./types/stateMachine.ts";
import { webSocketApi } from "./types/webSocketApi.ts";
import { printed } from "./values/text.ts";
import { Dict, deepCopy, isDict, textOf, truthy } from "./values/value.ts";

const SAM = "AWS::Serverless::";

const TYPES: Readonly<Record<string, SamType>> = {
  [`${SAM}Function`]: serverlessFunction,
  [`${SAM}Api`]: api,
  [`${SAM}HttpApi`]: httpApi,
  [`${SAM}WebSocketApi`]: webSocketApi,
  [`${SAM}SimpleTable`]: simpleTable,
  [`${SAM}LayerVersion`]: layerVersion,
  [`${SAM}StateMachine`]: stateMachine,
  [`${SAM}Application`]: application,
  [`${SAM}Connector`]: connector,
  [`${SAM}GraphQLApi`]: graphQlApi,
  [`${SAM}CapacityProvider`]: capacityProvider,
};

/** Events edit the documents of APIs, so APIs come after functions; connectors look at all that was made. */
const rankOf = (type: string): number => {
  if (type === `${SAM}Function`) return 0;
  if (type === `${SAM}StateMachine`) return 1;
  if ([`${SAM}Api`, `${SAM}HttpApi`, `${SAM}WebSocketApi`].includes(type)) return 2;
  return type === `${SAM}Connector` ? 4 : 3;
};

const ATTRIBUTES = ["DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata"];

/** Transforms all SAM resources of the template into the output; answers what is wrong with any of them. */
export const transformResources = (
  context: Context,
  references: References,
  renamed: Map<string, string>,
): SamError[] => {
  const problems: SamError[] = [];
  for (const [logicalId, resource] of inOrder(section(context.source, "Resources"))) {
    try {
      problems.push(...transformResource(logicalId, resource, context, references, renamed));
    } catch (error) {
      if (!(error instanceof SamError)) throw error;
      problems.push(error);
    }
  }
  return problems;
};

const inOrder = (resources: Dict): [string, Dict][] =>
  resources
    .entries()
    .flatMap(([logicalId, resource]): [string, Dict][] => {
      const type = isDict(resource) ? textOf(resource.get("Type")) : undefined;
      return isDict(resource) && type !== undefined && Object.hasOwn(TYPES, type) ? [[logicalId, resource]] : [];
    })
    .sort(([, left], [, right]) => rankOf(textOf(left.get("Type")) ?? "") - rankOf(textOf(right.get("Type")) ?? ""));

const transformResource = (
  logicalId: string,
  source: Dict,
  context: Context,
  references: References,
  renamed: Map<string, string>,
): SamError[] => {
  const resource = readResource(logicalId, source, context);
  const type = TYPES[resource.type];
  if (!type) return [];
  rememberFunctionName(resource, context);
  const made = type.transform(resource, context);
  for (const [property, cfnType] of Object.entries(type.referable ?? {})) {
    const target = made.filter((one) => one.type === cfnType).at(-1);
    if (target) references.add(resource.logicalId, property, target.logicalId);
  }
  if (resource.logicalId !== logicalId) renamed.set(logicalId, resource.logicalId);
  const output = section(context.output, "Resources");
  output.delete(logicalId);
  return write(logicalId, made, output, section(context.source, "Resources"));
};

const readResource = (logicalId: string, source: Dict, context: Context): SamResource => {
  checkLogicalId(logicalId);
  const type = textOf(source.get("Type")) ?? "";
  const properties = source.has("Properties") ? source.get("Properties") : Dict.plain();
  if (!isDict(properties)) throw new InvalidResource(logicalId, "Properties of a resource must be an object.");
  const attributes = Dict.plain();
  for (const name of ATTRIBUTES) if (source.has(name)) attributes.set(name, source.get(name));
  const resource = { logicalId, type, properties, dependsOn: source.get("DependsOn"), attributes };
  if (type === `${SAM}Application`) locateApplication(resource, context);
  if (type === `${SAM}Function` || type === `${SAM}StateMachine`) expandPolicyTemplates(logicalId, properties);
  const samType = own(TYPES, type);
  const known = samType?.lenient ? knownOf(properties, samType) : properties;
  checkProperties(logicalId, type, known, samType?.properties ?? {});
  return resource;
};

const knownOf = (properties: Dict, type: SamType): Dict => {
  const known = Dict.plain();
  for (const [name, value] of properties.entries()) if (Object.hasOwn(type.properties, name)) known.set(name, value);
  return known;
};

/** A function's name is part of what an API with its events is deployed as. */
const rememberFunctionName = ({ type, properties }: SamResource, context: Context): void => {
  if (type !== `${SAM}Function`) return;
  for (const event of section(properties, "Events").values()) {
    const given = isDict(event) ? section(event, "Properties").get("RestApiId") : null;
    if (!isDict(event) || textOf(event.get("Type")) !== "Api" || !truthy(given)) continue;
    const apiId = textOf(apiIdOf(given));
    const name = resolveParameters(deepCopy(properties.get("FunctionName")), context.parameters);
    if (apiId === undefined || !truthy(name)) continue;
    const known = context.functionNames.get(apiId) ?? "";
    context.functionNames.set(apiId, known + (textOf(name) ?? printed(name)));
  }
};

/** Resources that may take the logical id of one the author wrote: the one it was made from. */
const REPLACED: Readonly<Record<string, readonly string[]>> = {
  "AWS::Lambda::Function": [`${SAM}Function`],
  "AWS::Lambda::LayerVersion": [`${SAM}LayerVersion`],
  "AWS::Lambda::CapacityProvider": [`${SAM}CapacityProvider`],
  "AWS::ApiGateway::RestApi": [`${SAM}Api`],
  "AWS::ApiGatewayV2::Api": [`${SAM}HttpApi`, `${SAM}WebSocketApi`],
  "AWS::S3::Bucket": ["AWS::S3::Bucket"],
  "AWS::SNS::Topic": ["AWS::SNS::Topic"],
  "AWS::DynamoDB::Table": [`${SAM}SimpleTable`],
  "AWS::CloudFormation::Stack": [`${SAM}Application`],
  "AWS::Cognito::UserPool": ["AWS::Cognito::UserPool"],
  "AWS::ApiGateway::DomainName": ["AWS::ApiGateway::DomainName"],
  "AWS::ApiGateway::BasePathMapping": ["AWS::ApiGateway::BasePathMapping"],
  "AWS::ApiGateway::DomainNameV2": ["AWS::ApiGateway::DomainNameV2"],
  "AWS::ApiGateway::BasePathMappingV2": ["AWS::ApiGateway::BasePathMappingV2"],
  "AWS::StepFunctions::StateMachine": [`${SAM}StateMachine`],
  "AWS::AppSync::GraphQLApi": [`${SAM}GraphQLApi`],
};

const write = (logicalId: string, made: readonly CfnResource[], output: Dict, authored: Dict): SamError[] => {
  const problems: SamError[] = [];
  for (const resource of made) {
    const existing = authored.get(resource.logicalId);
    const existingType = isDict(existing) ? (textOf(existing.get("Type")) ?? "") : undefined;
    const mayReplace = existingType === undefined || REPLACED[resource.type]?.includes(existingType);
    if (mayReplace) output.set(resource.logicalId, resource.toTemplate());
    else problems.push(new DuplicateLogicalId(logicalId, resource.logicalId, resource.type));
  }
  return problems;
};
