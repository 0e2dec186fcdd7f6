import { own } from "../../../kernel/own.ts";
import { type ResourceSchema, readSchema, type TableEntry } from "./schema.ts";

/** The schema of a resource type; undefined when AWS, or what we know of it, has no such type. */
export const loadSchema = async (type: string): Promise<ResourceSchema | undefined> => {
  if (isCustom(type)) return customSchema(type);
  const known = schemas.get(type);
  if (known !== undefined) return known;
  const [, service = ""] = type.split("::");
  const entry = (await loadTable(service))?.[type];
  if (entry === undefined) return undefined;
  const schema = readSchema(type, entry);
  schemas.set(type, schema);
  return schema;
};

/** The schemas of several types, those that exist. */
export const loadSchemas = async (types: Iterable<string>): Promise<ReadonlyMap<string, ResourceSchema>> => {
  const found = new Map<string, ResourceSchema>();
  for (const type of new Set(types)) {
    const schema = await loadSchema(type);
    if (schema !== undefined) found.set(type, schema);
  }
  return found;
};

/** True for the types that a template's own function or topic serves. */
export const isCustom = (type: string): boolean =>
  type === "AWS::CloudFormation::CustomResource" || /^Custom::[A-Za-z0-9_@-]{1,60}$/.test(type);

const schemas = new Map<string, ResourceSchema>();

/** AWS: a custom resource takes whatever properties it is given; only its ServiceToken cannot change in place. */
const customSchema = (type: string): ResourceSchema => ({
  ...readSchema(type, {
    properties: { ServiceToken: "!^string", ServiceTimeout: "integer" },
    attributes: {},
    definitions: {},
    id: [],
  }),
  isOpen: true,
});

const loadTable = async (service: string): Promise<Readonly<Record<string, TableEntry>> | undefined> => {
  const load = own(TABLES, service);
  return load === undefined ? undefined : (await load()).default;
};

// One literal import each, so that a bundler sees them; a table is read when a template first names its service.
const TABLES: Readonly<Record<string, () => Promise<{ readonly default: Readonly<Record<string, TableEntry>> }>>> = {
  ApiGateway: () => import("./tables/ApiGateway.generated.json", { with: { type: "json" } }),
  ApiGatewayV2: () => import("./tables/ApiGatewayV2.generated.json", { with: { type: "json" } }),
  CDK: () => import("./tables/CDK.generated.json", { with: { type: "json" } }),
  CloudFormation: () => import("./tables/CloudFormation.generated.json", { with: { type: "json" } }),
  CloudWatch: () => import("./tables/CloudWatch.generated.json", { with: { type: "json" } }),
  CodeBuild: () => import("./tables/CodeBuild.generated.json", { with: { type: "json" } }),
  CodeCommit: () => import("./tables/CodeCommit.generated.json", { with: { type: "json" } }),
  CodeConnections: () => import("./tables/CodeConnections.generated.json", { with: { type: "json" } }),
  CodeDeploy: () => import("./tables/CodeDeploy.generated.json", { with: { type: "json" } }),
  CodePipeline: () => import("./tables/CodePipeline.generated.json", { with: { type: "json" } }),
  CodeStar: () => import("./tables/CodeStar.generated.json", { with: { type: "json" } }),
  CodeStarConnections: () => import("./tables/CodeStarConnections.generated.json", { with: { type: "json" } }),
  CodeStarNotifications: () => import("./tables/CodeStarNotifications.generated.json", { with: { type: "json" } }),
  Cognito: () => import("./tables/Cognito.generated.json", { with: { type: "json" } }),
  DynamoDB: () => import("./tables/DynamoDB.generated.json", { with: { type: "json" } }),
  ECR: () => import("./tables/ECR.generated.json", { with: { type: "json" } }),
  Events: () => import("./tables/Events.generated.json", { with: { type: "json" } }),
  IAM: () => import("./tables/IAM.generated.json", { with: { type: "json" } }),
  KMS: () => import("./tables/KMS.generated.json", { with: { type: "json" } }),
  Lambda: () => import("./tables/Lambda.generated.json", { with: { type: "json" } }),
  Logs: () => import("./tables/Logs.generated.json", { with: { type: "json" } }),
  Pipes: () => import("./tables/Pipes.generated.json", { with: { type: "json" } }),
  S3: () => import("./tables/S3.generated.json", { with: { type: "json" } }),
  SNS: () => import("./tables/SNS.generated.json", { with: { type: "json" } }),
  SQS: () => import("./tables/SQS.generated.json", { with: { type: "json" } }),
  SSM: () => import("./tables/SSM.generated.json", { with: { type: "json" } }),
  Scheduler: () => import("./tables/Scheduler.generated.json", { with: { type: "json" } }),
  SecretsManager: () => import("./tables/SecretsManager.generated.json", { with: { type: "json" } }),
  StepFunctions: () => import("./tables/StepFunctions.generated.json", { with: { type: "json" } }),
  XRay: () => import("./tables/XRay.generated.json", { with: { type: "json" } }),
};
