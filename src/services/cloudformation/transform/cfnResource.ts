import { InvalidResource } from "./errors.ts";
import { tagList } from "./tags.ts";
import { shown } from "./values/text.ts";
import { Dict, textOf, truthy, type Value } from "./values/value.ts";

/** A CloudFormation resource that the transform generates. Properties set to null are left out. */
export class CfnResource {
  logicalId: string;
  readonly type: string;
  dependsOn: Value = null;
  /** Condition, DeletionPolicy, UpdateReplacePolicy, UpdatePolicy, Metadata. */
  readonly attributes: Dict;
  readonly properties: Dict;

  constructor(type: string, logicalId: string, attributes?: Dict, properties: Readonly<Record<string, Value>> = {}) {
    checkLogicalId(logicalId);
    this.type = type;
    this.logicalId = logicalId;
    this.attributes = attributes ? attributes.shallowCopy() : Dict.plain();
    this.properties = Dict.plain(properties);
  }

  get(name: string): Value {
    return this.properties.get(name);
  }

  set(name: string, value: Value): void {
    this.properties.set(name, value);
  }

  /** Tags the resource in the form its type takes; types without tags ignore it. */
  tag(tags: Dict): void {
    if (this.takesTagMap) this.set("Tags", tags);
    else if (TAGGABLE.has(this.type)) this.set("Tags", tagList(tags));
  }

  /** HTTP APIs are of the same type as WebSocket APIs but carry their tags in the OpenAPI document. */
  private get takesTagMap(): boolean {
    return TAGS_AS_MAP.has(this.type) || (this.type === "AWS::ApiGatewayV2::Api" && this.get("ProtocolType") !== null);
  }

  /** The attributes that a generated resource hands on to those generated for it. */
  passedOnAttributes(): Dict {
    return passedOnAttributes(this.attributes);
  }

  toTemplate(): Dict {
    const resource = Dict.plain({ Type: this.type });
    if (truthy(this.dependsOn)) resource.set("DependsOn", this.dependsOn);
    resource.update(this.attributes);
    const properties = Dict.plain();
    for (const [name, value] of this.properties.entries()) if (value !== null) properties.set(name, value);
    resource.set("Properties", properties);
    return resource;
  }
}

const PASSED_ON = ["Condition", "DeletionPolicy", "UpdateReplacePolicy"];

/** Condition and deletion policies go to every resource generated from a SAM resource. */
export const passedOnAttributes = (attributes: Dict): Dict => {
  const passed = Dict.plain();
  for (const name of PASSED_ON) if (attributes.has(name)) passed.set(name, attributes.get(name));
  return passed;
};

const NOT_ALPHANUMERIC = "Logical ids must be alphanumeric.";

export const checkLogicalId = (logicalId: string): void => {
  // AWS: a bare number as a YAML key is no string, and so no logical id.
  if (!/^[A-Za-z0-9]+\n?$/.test(logicalId) || /^\d+$/.test(logicalId))
    throw new InvalidResource(logicalId, NOT_ALPHANUMERIC);
};

/** A logical id the template's author chose. */
export const logicalIdFrom = (value: Value): string => {
  const text = textOf(value);
  if (text === undefined) throw new InvalidResource(shown(value), NOT_ALPHANUMERIC);
  return text;
};

const TAGS_AS_MAP = new Set(["AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::DomainName"]);

/** Of the types the transform generates, those whose tags it propagates. */
const TAGGABLE = new Set([
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Stage",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::DomainNameV2",
  "AWS::ApiGateway::UsagePlan",
  "AWS::ApiGateway::ApiKey",
  "AWS::ApiGateway::DomainNameAccessAssociation",
  "AWS::AppSync::GraphQLApi",
  "AWS::CloudFormation::Stack",
  "AWS::CodeDeploy::Application",
  "AWS::CodeDeploy::DeploymentGroup",
  "AWS::DynamoDB::Table",
  "AWS::IAM::Role",
  "AWS::IoT::TopicRule",
  "AWS::Lambda::CapacityProvider",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::StepFunctions::StateMachine",
]);
