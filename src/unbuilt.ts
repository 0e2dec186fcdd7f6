import { isJsonObject } from "./kernel/json.ts";
import { own } from "./kernel/own.ts";
import { unbuiltIn as unbuiltProperty } from "./services/cloudformation/definition/resourceCheck.ts";
import { resourceTypesOf } from "./services/cloudformation/registry.ts";
import { parseTemplate } from "./services/cloudformation/template/parse.ts";
import { serviceLoaders } from "./services.ts";

/** What stands behind each type of SAM: the type its transform makes first. */
const SAM_TYPES: Readonly<Record<string, string>> = {
  "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
  "AWS::Serverless::CapacityProvider": "AWS::Lambda::CapacityProvider",
  "AWS::Serverless::Connector": "AWS::IAM::ManagedPolicy",
  "AWS::Serverless::Function": "AWS::Lambda::Function",
  "AWS::Serverless::GraphQLApi": "AWS::AppSync::GraphQLApi",
  "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
  "AWS::Serverless::LayerVersion": "AWS::Lambda::LayerVersion",
  "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
  "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
  "AWS::Serverless::WebSocketApi": "AWS::ApiGatewayV2::Api",
};

/** A resource of a template that this cloud cannot make yet: for its type, or for a property that it sets. */
export interface UnbuiltResource {
  readonly logicalId: string;
  readonly type: string;
  readonly property?: string;
}

export const unbuiltSentence = ({ logicalId, type, property }: UnbuiltResource): string =>
  `${logicalId} ${property === undefined ? `is of type ${type}` : `sets ${property} of ${type}`}, which aloft has not built yet`;

/**
 * The resources of a template, YAML or JSON, that are not built. Throws CloudFormation's refusal of a text that is no
 * template.
 */
export const unbuiltIn = async (text: string): Promise<readonly UnbuiltResource[]> => {
  const types = resourceTypesOf(async (name) => serviceLoaders[name]?.());
  const { Resources } = parseTemplate(text).body;
  const unbuilt: UnbuiltResource[] = [];
  for (const [logicalId, resource] of Object.entries(isJsonObject(Resources) ? Resources : {})) {
    const type = isJsonObject(resource) && typeof resource["Type"] === "string" ? resource["Type"] : undefined;
    if (type === undefined || isOfCloudFormation(type)) continue;
    const served = await types.find(own(SAM_TYPES, type) ?? type);
    const properties = isJsonObject(resource) && isJsonObject(resource["Properties"]) ? resource["Properties"] : {};
    const property = served && unbuiltProperty(served, properties)?.name;
    if (!served || property !== undefined) unbuilt.push({ logicalId, type, ...(property ? { property } : {}) });
  }
  return unbuilt;
};

/** Nested stacks, custom resources and their like are CloudFormation's own. */
const isOfCloudFormation = (type: string): boolean =>
  type.startsWith("AWS::CloudFormation::") ||
  type.startsWith("Custom::") ||
  type === "AWS::CDK::Metadata" ||
  type === "AWS::Serverless::Application";
