import { mkdirSync, writeFileSync } from "node:fs";
import { loadAwsServiceSpec } from "@aws-cdk/aws-service-spec";
import type { Attribute, Property, PropertyType, Resource, SpecDatabase } from "@aws-cdk/service-spec-types";

/**
 * Writes src/services/cloudformation/schema/tables: for each service, its resource types' properties and attributes,
 * as the CloudFormation registry publishes them. schema/table.ts says how to read a line.
 *
 *   npm run generate -- resources
 */
const SERVICES = [
  "ApiGateway",
  "ApiGatewayV2",
  "CDK",
  "CloudFormation",
  "CloudWatch",
  "CodeBuild",
  "CodeCommit",
  "CodeConnections",
  "CodeDeploy",
  "CodePipeline",
  "CodeStar",
  "CodeStarConnections",
  "CodeStarNotifications",
  "Cognito",
  "DynamoDB",
  "ECR",
  "Events",
  "IAM",
  "KMS",
  "Lambda",
  "Logs",
  "Pipes",
  "S3",
  "SNS",
  "SQS",
  "SSM",
  "Scheduler",
  "SecretsManager",
  "StepFunctions",
  "XRay",
];

const FOLDER = "src/services/cloudformation/schema/tables";

type Members = Record<string, string>;

interface Entry {
  properties: Members;
  attributes: Members;
  definitions: Record<string, Members>;
  id: string[];
  tags?: string;
}

// The registry does not publish these: CDK's own bookkeeping, and attributes that only the documentation names.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
const BY_HAND: Readonly<Record<string, Entry>> = {
  "AWS::CDK::Metadata": { properties: { Analytics: "string" }, attributes: {}, definitions: {}, id: [] },
};
const MORE_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  "AWS::CloudFormation::WaitCondition": ["Data"],
};

const generate = async (): Promise<void> => {
  const db = await loadAwsServiceSpec();
  mkdirSync(FOLDER, { recursive: true });
  for (const service of SERVICES) {
    const prefix = `AWS::${service}::`;
    const entries = db
      .all("resource")
      .filter(({ cloudFormationType }) => cloudFormationType.startsWith(prefix))
      .map((resource): [string, Entry] => [resource.cloudFormationType, entryOf(db, resource)]);
    const all = [...entries, ...Object.entries(BY_HAND).filter(([name]) => name.startsWith(prefix))];
    const lines = all
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => `${JSON.stringify(name)}: ${JSON.stringify(entry)}`);
    writeFileSync(`${FOLDER}/${service}.generated.json`, `{\n${lines.join(",\n")}\n}\n`);
  }
};

/** Every type AWS has, so that one which is only not built here is not taken for a slip of the pen. */
const generateNames = async (): Promise<void> => {
  const byService: Record<string, string[]> = {};
  for (const { cloudFormationType } of (await loadAwsServiceSpec()).all("resource")) {
    const [vendor, service, ...name] = cloudFormationType.split("::");
    const key = `${vendor}::${service}`;
    byService[key] = [...(byService[key] ?? []), name.join("::")];
  }
  const lines = Object.entries(byService)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, types]) => JSON.stringify({ service, types: types.sort() }));
  writeFileSync(`${FOLDER}/../typeNames.generated.json`, `[\n${lines.join(",\n")}\n]\n`);
};

const entryOf = (db: SpecDatabase, resource: Resource): Entry => {
  const definitions: Record<string, Members> = {};
  const names = new Map(db.follow("usesType", resource).map(({ entity }) => [entity.$id, entity.name]));
  for (const { entity } of db.follow("usesType", resource))
    definitions[entity.name] = membersOf(entity.properties, names);
  const more = MORE_ATTRIBUTES[resource.cloudFormationType] ?? [];
  return {
    properties: membersOf(resource.properties, names),
    attributes: { ...membersOf(resource.attributes, names), ...Object.fromEntries(more.map((name) => [name, "json"])) },
    definitions: sorted(definitions),
    id: resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [],
    ...(resource.tagInformation ? { tags: resource.tagInformation.tagPropertyName } : {}),
  };
};

type Names = ReadonlyMap<string, string>;

const membersOf = (members: Readonly<Record<string, Property | Attribute>>, names: Names): Members =>
  sorted(
    Object.fromEntries(
      Object.entries(members).map(([name, member]) => [name, flagsOf(member) + typeOf(member.type, names)]),
    ),
  );

const flagsOf = (member: Property | Attribute): string => {
  if (!("causesReplacement" in member) && !("required" in member)) return "";
  const required = "required" in member && member.required ? "!" : "";
  const replaces = "causesReplacement" in member ? member.causesReplacement : "no";
  return required + (replaces === "yes" ? "^" : replaces === "maybe" ? "?" : "");
};

const typeOf = (type: PropertyType, names: Names): string => {
  switch (type.type) {
    case "array":
      return `[]${grouped(typeOf(type.element, names))}`;
    case "map":
      return `{}${grouped(typeOf(type.element, names))}`;
    case "ref":
      return `#${names.get(type.reference.$ref) ?? "Any"}`;
    case "tag":
      return "#Tag";
    case "union":
      return unionOf(type.types, names);
    case "string":
      return type.allowedValues ? `=${type.allowedValues.join("|")}` : "string";
    case "date-time":
      return "string";
    case "null":
      return "json";
    default:
      return type.type;
  }
};

/** A union in which anything is allowed says nothing; of the others the alternatives are kept. */
const unionOf = (types: readonly PropertyType[], names: Names): string => {
  const kinds = [...new Set(types.map((type) => typeOf(type, names)))];
  return kinds.includes("json") ? "json" : kinds.join(" or ");
};

const grouped = (type: string): string => (type.includes(" or ") ? `(${type})` : type);

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

await generate();
await generateNames();
