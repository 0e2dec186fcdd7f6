import { own } from "../../../../kernel/own.ts";
import { getAtt, logicalIdIn, ref } from "../intrinsics.ts";
import { type Dict, isDict, literal, sameValue, textOf, truthy, type Value } from "../values/value.ts";

/** One end of a connector: the resource and what can be said of it. */
export interface ConnectorEnd {
  readonly logicalId: string | undefined;
  readonly type: string;
  readonly arn: Value;
  readonly roleName: Value;
  readonly queueUrl: Value;
  readonly resourceId: Value;
  readonly name: Value;
  readonly qualifier: Value;
}

/** The types a SAM type stands for where a connector names one outright. */
const CFN_TYPES: Readonly<Record<string, string>> = {
  "AWS::Serverless::Function": "AWS::Lambda::Function",
  "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
  "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
  "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
  "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
};

/** What a resource in the template is reached by. */
interface TypeFacts {
  readonly arn: "Arn" | "Ref";
  /** The property that holds its role; rules have one per target. */
  readonly role?: string;
  readonly id?: "Ref" | string;
  readonly name?: string;
  readonly url?: true;
  readonly qualifier?: string;
}

const API: TypeFacts = { arn: "Arn", id: "Ref", qualifier: "*" };

const TYPES: Readonly<Record<string, TypeFacts>> = {
  "AWS::Lambda::Function": { arn: "Arn", role: "Role" },
  "AWS::StepFunctions::StateMachine": { arn: "Ref", role: "RoleArn", name: "Name" },
  "AWS::AppSync::GraphQLApi": { arn: "Ref", id: "ApiId" },
  "AWS::AppSync::DataSource": { arn: "Ref", role: "ServiceRoleArn" },
  "AWS::Events::Rule": { arn: "Arn", role: "Targets" },
  "AWS::SQS::Queue": { arn: "Arn", url: true },
  "AWS::SNS::Topic": { arn: "Ref" },
  "AWS::DynamoDB::Table": { arn: "Arn" },
  "AWS::S3::Bucket": { arn: "Arn" },
  "AWS::Location::PlaceIndex": { arn: "Arn" },
  "AWS::ApiGatewayV2::Api": API,
  "AWS::ApiGateway::RestApi": API,
  "AWS::Events::EventBus": { arn: "Arn" },
};

/** Reads one end of a connector; answers the complaint where it cannot be told what it is. */
export const connectorEnd = (reference: Dict, other: Dict, resources: Dict): ConnectorEnd | string => {
  const others = reference.keys().filter((key) => key !== "Id" && key !== "Qualifier");
  if (reference.has("Id") === others.length > 0) {
    return "Must provide 'Id' (with optional 'Qualifier') or a supported combination of other properties.";
  }
  if (!truthy(reference.get("Id"))) return describedEnd(reference);
  const logicalId = textOf(reference.get("Id"));
  if (logicalId === undefined) return "'Id' is missing or not a string.";
  const resource = resources.get(logicalId);
  if (!isDict(resource) || resource.size === 0) return `Unable to find resource with logical ID '${logicalId}'.`;
  const type = textOf(resource.get("Type"));
  if (!type) return "'Type' is missing or not a string.";
  const facts = own(TYPES, type);
  const qualifier = reference.has("Qualifier") ? reference.get("Qualifier") : (facts?.qualifier ?? null);
  return {
    logicalId,
    type,
    arn: facts ? attribute(logicalId, facts.arn) : null,
    roleName: roleName(resource, facts?.role, other),
    queueUrl: facts?.url ? ref(logicalId) : null,
    resourceId: facts?.id ? attribute(logicalId, facts.id) : null,
    name: facts?.name ? attribute(logicalId, facts.name) : null,
    qualifier,
  };
};

const attribute = (logicalId: string, name: string): Dict =>
  name === "Ref" ? ref(logicalId) : getAtt(logicalId, name);

const describedEnd = (reference: Dict): ConnectorEnd | string => {
  const type = textOf(reference.get("Type"));
  if (!type) return "'Type' is missing or not a string.";
  return {
    logicalId: undefined,
    type: own(CFN_TYPES, type) ?? type,
    arn: reference.get("Arn"),
    roleName: reference.get("RoleName"),
    queueUrl: reference.get("QueueUrl"),
    resourceId: reference.get("ResourceId"),
    name: reference.get("Name"),
    qualifier: reference.get("Qualifier"),
  };
};

const roleName = (resource: Dict, property: string | undefined, other: Dict): Value => {
  const properties = resource.get("Properties");
  if (property === undefined || !isDict(properties)) return null;
  const role = property === "Targets" ? targetRole(properties, other) : properties.get(property);
  const id = truthy(role) ? logicalIdIn(role) : undefined;
  return id === undefined ? null : ref(literal(id));
};

/** AWS: only the first target of a rule is looked at. */
const targetRole = (properties: Dict, other: Dict): Value => {
  const targets = properties.get("Targets");
  const first = Array.isArray(targets) ? (targets[0] ?? null) : null;
  if (!isDict(first)) return null;
  const arn = first.get("Arn");
  const id = logicalIdIn(arn);
  const byId = id !== undefined && id === textOf(other.get("Id"));
  const byArn = truthy(other.get("Arn")) && sameValue(arn, other.get("Arn"));
  return byId || byArn ? first.get("RoleArn") : null;
};
