import { beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import type { ResourceType } from "../../../kernel/resource.ts";
import { serviceLoaders } from "../../../services.ts";
import { loadSchema } from "./load.ts";
import { tracedOwnTypes } from "./ownTypesFixture.ts";
import { leavesOf, type PropertyPath, sampleOf, valuesAt, withValue } from "./sampleFixture.ts";
import type { ResourceSchema } from "./schema.ts";
import { traceOf } from "./tracedFixture.ts";

interface Subject {
  readonly type: ResourceType;
  readonly schema: ResourceSchema;
  /** Every property that is not refused, and where it stands. */
  readonly leaves: readonly PropertyPath[];
  /** Properties to start from. */
  readonly bases: readonly JsonObject[];
}

const subjects: Subject[] = [];

beforeAll(async () => {
  const rooms = await Promise.all(Object.values(serviceLoaders).map((load) => load()));
  for (const type of [...tracedOwnTypes(), ...rooms.flatMap(({ resources = [] }) => resources)]) {
    const schema = await loadSchema(type.name);
    if (schema !== undefined) subjects.push(subjectOf(type, schema));
  }
}, 60_000);

const subjectOf = (type: ResourceType, schema: ResourceSchema): Subject => {
  const refused = [...(type.unbuilt ?? []), ...Object.keys(type.withoutEffect ?? {})].map((name) => name.split("."));
  const isRefused = (path: PropertyPath) => refused.some((names) => names.every((name, index) => path[index] === name));
  const whole = refused.reduce((properties, path) => withValue(properties, path, undefined), sampleOf(schema));
  return {
    type,
    schema,
    leaves: leavesOf(schema).filter((path) => !isRefused(path)),
    bases: (BASES[type.name] ?? [{}]).map((changes) =>
      Object.entries(changes).reduce((base, [path, value]) => withValue(base, path.split("."), value), whole),
    ),
  };
};

/** True when what a type asks of services hangs on the property: with one value it asks something else than with another. */
const isReached = async ({ type, schema, bases }: Subject, verb: "create" | "update", path: PropertyPath) => {
  const isAlone = (name: string) => name === path[0] || schema.properties.get(name)?.isRequired === true;
  for (const base of [...bases, sampleOf(schema, isAlone)]) {
    const without = withValue(base, path, undefined);
    const traced = (after: JsonObject) =>
      Promise.all(([verb, "delete"] as const).map((each) => traceOf(type, each, without, after)));
    const first = String(await traced(without));
    for (const value of VALUES[`${type.name} ${path.join(".")}`] ?? valuesAt(schema, path))
      if (String(await traced(withValue(base, path, value))) !== first) return true;
  }
  return false;
};

const missed = async (isMissed: (subject: Subject, path: PropertyPath) => Promise<boolean>) => {
  const found: string[] = [];
  for (const subject of subjects) {
    for (const path of subject.leaves) {
      if (await isMissed(subject, path)) found.push(`${subject.type.name} ${path.join(".")}`);
    }
  }
  return found;
};

describe("no property is dropped in silence", () => {
  test("what a template says of a resource reaches its service", async () => {
    const isDropped = async (subject: Subject, path: PropertyPath) =>
      !(await isReached(subject, "create", path)) && !(await isReached(subject, "update", path));
    expect(await missed(isDropped)).toEqual([]);
  }, 120_000);

  test("what a template changes in place reaches its service", async () => {
    const isLeft = async (subject: Subject, path: PropertyPath) => {
      const { type, schema } = subject;
      const isChanged = type.update !== undefined && schema.properties.get(path[0] ?? "")?.replaces !== "Always";
      return isChanged && !(await isReached(subject, "update", path));
    };
    expect((await missed(isLeft)).filter((name) => !ONLY_AT_FIRST.has(name))).toEqual([]);
  }, 120_000);
});

/** What counts when a resource is made, or when another property changes with it. */
const ONLY_AT_FIRST = new Set([
  // With a definition that has changed.
  ...["FailOnWarnings", "Mode", "Parameters"].map((name) => `AWS::ApiGateway::RestApi ${name}`),
  "AWS::ApiGatewayV2::Api FailOnWarnings",
  // With an index that is new.
  ...["Table", "GlobalTable"].flatMap((type) =>
    ["AttributeName", "AttributeType"].map((name) => `AWS::DynamoDB::${type} AttributeDefinitions.${name}`),
  ),
  // Refused whenever it is not the stack's own.
  "AWS::DynamoDB::GlobalTable Replicas.Region",
  // A subscription stays where its topic is.
  "AWS::SNS::Subscription Region",
  // What a thing began with.
  "AWS::CloudFormation::Stack TimeoutInMinutes",
  "AWS::ApiGateway::RestApi CloneFrom",
  "AWS::ApiGatewayV2::Deployment StageName",
  "AWS::CodeCommit::Repository Code.BranchName",
  ...["CodeCommit::Repository", "CodeStar::GitHubRepository"].flatMap((type) =>
    ["Bucket", "Key", "ObjectVersion"].map((name) => `AWS::${type} Code.S3.${name}`),
  ),
]);

/** Where a global table's capacity may begin. */
const SEEDS = [
  "GlobalSecondaryIndexes.WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.SeedCapacity",
  "Replicas.GlobalSecondaryIndexes.ReadProvisionedThroughputSettings.ReadCapacityAutoScalingSettings.SeedCapacity",
  "Replicas.ReadProvisionedThroughputSettings.ReadCapacityAutoScalingSettings.SeedCapacity",
  "WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.SeedCapacity",
];

/** Where properties shut each other out, or must be right to be looked at, a type is tried from several sides. */
const BASES: Readonly<Record<string, readonly Readonly<Record<string, JsonValue | undefined>>[]>> = {
  "AWS::DynamoDB::GlobalTable": ["PROVISIONED", "PAY_PER_REQUEST"].flatMap((BillingMode) => {
    const read = "ReadProvisionedThroughputSettings";
    const base = {
      BillingMode,
      MultiRegionConsistency: "EVENTUAL",
      "Replicas.Region": "us-east-1",
      "Replicas.ContributorInsightsSpecification.Enabled": false,
      "Replicas.GlobalSecondaryIndexes.IndexName": "index",
      "Replicas.GlobalSecondaryIndexes.ContributorInsightsSpecification.Enabled": false,
      "GlobalSecondaryIndexes.IndexName": "index",
    };
    const scaled = {
      ...base,
      [`Replicas.${read}.ReadCapacityUnits`]: undefined,
      [`Replicas.GlobalSecondaryIndexes.${read}.ReadCapacityUnits`]: undefined,
    };
    const general = {
      ...base,
      "Replicas.ReadOnDemandThroughputSettings": undefined,
      [`Replicas.${read}`]: undefined,
      "Replicas.GlobalSecondaryIndexes.ReadOnDemandThroughputSettings": undefined,
      [`Replicas.GlobalSecondaryIndexes.${read}`]: undefined,
    };
    const unseeded = Object.fromEntries(SEEDS.map((path) => [path, undefined]));
    return [base, scaled, { ...scaled, ...unseeded }, general];
  }),
  "AWS::DynamoDB::Table": [{ "ContributorInsightsSpecification.Enabled": false }],
  "AWS::Lambda::Function": [{ "Code.ZipFile": undefined }, { Runtime: "nodejs22.x" }],
  "AWS::S3::Bucket": [{}, { "LifecycleConfiguration.Rules.NoncurrentVersionExpiration": undefined }],
  "AWS::SNS::Subscription": [{ Region: "us-east-1" }],
  "AWS::StepFunctions::StateMachine": [
    { Definition: undefined, DefinitionS3Location: undefined, DefinitionString: `\${Name}` },
    { Definition: undefined, DefinitionString: undefined },
  ],
};

/** Values of which a type knows only these. */
const VALUES: Readonly<Record<string, readonly JsonValue[]>> = {
  "AWS::CodeBuild::Project Visibility": ["PRIVATE", "PUBLIC_READ"],
  "AWS::DynamoDB::GlobalTable BillingMode": ["PROVISIONED", "PAY_PER_REQUEST"],
  "AWS::DynamoDB::GlobalTable MultiRegionConsistency": ["EVENTUAL", "STRONG"],
  "AWS::DynamoDB::GlobalTable Replicas.Region": ["us-east-1", "eu-west-1"],
  "AWS::DynamoDB::GlobalTable Replicas.GlobalSecondaryIndexes.IndexName": ["index", "another"],
  "AWS::IAM::AccessKey Status": ["Active", "Inactive"],
  "AWS::StepFunctions::StateMachine DefinitionSubstitutions": [{ Name: "one" }, { Name: "two" }],
};
