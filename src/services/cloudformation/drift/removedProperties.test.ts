import { UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { sameJson } from "../schema/diff.ts";
import { loadSchema } from "../schema/load.ts";
import { parseTemplate } from "../template/parse.ts";
import { deployed } from "./deployedFixture.ts";
import { TEMPLATE as LAST } from "./lastTypesFixture.ts";
import { TEMPLATE as MORE } from "./moreTypesFixture.ts";
import { TEMPLATE as REAL } from "./realTypesFixture.ts";
import { RUNNERS, STORES } from "./wholeTypesFixture.ts";

type Stack = Awaited<ReturnType<typeof deployed>>;

interface Part {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** What can be left out and changes in place. */
  readonly optional: readonly string[];
}

const partsOf = (body: JsonObject): Promise<readonly Part[]> =>
  Promise.all(
    Object.entries(objectAt(body, "Resources")).map(async ([id, resource]) => {
      const type = isJsonObject(resource) ? String(resource["Type"]) : "";
      const properties = isJsonObject(resource) ? objectAt(resource, "Properties") : {};
      const schema = await loadSchema(type);
      const optional = Object.keys(properties).filter((name) => {
        const known = schema?.properties.get(name);
        return (
          known?.isRequired === false &&
          known.replaces === "Never" &&
          ![type, id].some((whose) => NEEDED.has(`${whose} ${name}`))
        );
      });
      return { id, type, properties, optional };
    }),
  );

const objectAt = (from: JsonObject, name: string): JsonObject => {
  const value = from[name] ?? {};
  return isJsonObject(value) ? value : {};
};

/** Those of many properties lose two or three at once. */
const MAX_ROUNDS = 5;

/** The template with an optional property less of every resource that has so many. */
const lessened = (body: JsonObject, parts: readonly Part[], round: number): string => {
  const resources = objectAt(body, "Resources");
  const less = parts.map(({ id, properties, optional }) => {
    const kept = Object.entries(properties).filter(([name]) => optional.indexOf(name) % MAX_ROUNDS !== round);
    return [id, { ...objectAt(resources, id), Properties: Object.fromEntries(kept) }];
  });
  return JSON.stringify({ ...body, Resources: Object.fromEntries(less) });
};

const refuseFailures = async ({ stacks }: Pick<Stack, "stacks">) => {
  const events = await stacks.events("demo");
  expect(events.filter((event) => / (CREATE|UPDATE)_FAILED (?!Resource \w+ cancelled)/.test(event))).toEqual([]);
};

const update = async ({ stacks, cloud }: Stack, TemplateBody: string) => {
  await stacks.cfn.send(
    new UpdateStackCommand({ StackName: "demo", TemplateBody, Capabilities: ["CAPABILITY_NAMED_IAM"] }),
  );
  await cloud.tasks.idle();
  await refuseFailures({ stacks });
};

/** What the services say of a stack's resources, with logical ids in the place of those that every stack has of its own. */
const readings = async (stack: Stack): Promise<ReadonlyMap<string, JsonObject>> => {
  const ids = stack.logicalIds.map((id) => [id, stack.idOf(id)] as const).filter(([, own]) => own.length > 5);
  const found = (await stack.actuals()).map(([id, actual]): [string, JsonObject] => {
    const text = ids.reduce((before, [logical, own]) => before.replaceAll(own, logical), actual);
    return [id, JSON.parse(text.replace(CHANCE, ""))];
  });
  return new Map(found);
};

/** Chance's part of ids and names. */
const CHANCE =
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|-[A-Za-z0-9]{12}\b|"CacheNamespace":"\w+",|"Id":"[\w+/=-]{30,}",/g;

const differences = (parts: readonly Part[], all: readonly ReadonlyMap<string, JsonObject>[]): readonly string[] =>
  parts.flatMap(({ id, type, properties }) => {
    const [there, wanted] = all.map((each) => each.get(id) ?? {});
    return Object.keys(properties).flatMap((name) => {
      if (OWN.has(`${type} ${name}`)) return [];
      const again = AGAIN[`${type} ${name}`];
      const [is, should] = [there?.[name], wanted?.[name]];
      if (isSame(is, should) || (again !== undefined && isSame(is, again))) return [];
      return [`${id} ${name}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`];
    });
  });

/** Nothing in it is as good as not there. */
const isSame = (one: JsonValue | undefined, other: JsonValue | undefined): boolean => {
  const isEmpty = (value: JsonValue | undefined) => value === undefined || ["", "{}", "[]"].includes(textOf(value));
  return sameJson(one, other) || (isEmpty(one) && isEmpty(other));
};

const textOf = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));

const TEMPLATES = { applications: REAL, others: MORE, rarities: LAST, stores: STORES, runners: RUNNERS };

it.each(Object.entries(TEMPLATES))(
  "puts back what a template no longer sets, of %s",
  async (_name, template) => {
    const { body } = parseTemplate(template);
    const parts = await partsOf(body);
    const rounds = Math.min(MAX_ROUNDS, Math.max(...parts.map(({ optional }) => optional.length)));
    await using stack = await deployed(JSON.stringify(body));
    await refuseFailures(stack);
    const first = await readings(stack);
    const found: string[] = [];
    // Each update takes something away and puts back what the one before took.
    for (let round = 0; round < rounds; round++) {
      const less = lessened(body, parts, round);
      await using fresh = await deployed(less);
      await refuseFailures(fresh);
      await update(stack, less);
      found.push(...differences(parts, [await readings(stack), await readings(fresh)]));
    }
    await update(stack, JSON.stringify(body));
    found.push(...differences(parts, [await readings(stack), first]));
    expect(found).toEqual([]);
  },
  120_000,
);

/** What a resource of the templates cannot do without, though some of its type can. */
const NEEDED = new Set([
  "AWS::ApiGateway::Authorizer AuthorizerUri",
  "AWS::ApiGateway::BasePathMapping RestApiId",
  "AWS::ApiGateway::DomainName EndpointConfiguration",
  "AWS::ApiGateway::DomainName RegionalCertificateArn",
  "AWS::ApiGateway::Method AuthorizerId",
  "AWS::ApiGateway::Method Integration",
  "AWS::ApiGateway::Stage DeploymentId",
  "AWS::ApiGatewayV2::Api RouteSelectionExpression",
  ...["AuthorizerPayloadFormatVersion", "AuthorizerUri", "JwtConfiguration"].map(
    (name) => `AWS::ApiGatewayV2::Authorizer ${name}`,
  ),
  "Authorizer IdentitySource",
  "Jwt IdentitySource",
  "AWS::ApiGatewayV2::DomainName DomainNameConfigurations",
  // No value of it says that there is none.
  "AWS::ApiGatewayV2::Integration ContentHandlingStrategy",
  "AWS::ApiGatewayV2::Integration IntegrationUri",
  "AWS::ApiGatewayV2::IntegrationResponse ContentHandlingStrategy",
  "AWS::ApiGatewayV2::Route AuthorizerId",
  "Quick Target",
  ...["ComparisonOperator", "EvaluationPeriods", "MetricName", "Namespace", "Period", "Statistic", "Threshold"].map(
    (name) => `AWS::CloudWatch::Alarm ${name}`,
  ),
  "AWS::CodePipeline::Pipeline ArtifactStore",
  ...["AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "ProvisionedThroughput"].map(
    (name) => `AWS::DynamoDB::Table ${name}`,
  ),
  "AWS::Events::Connection AuthorizationType",
  "AWS::Events::Connection AuthParameters",
  ...["Action", "Principal", "Statement"].map((name) => `AWS::Events::EventBusPolicy ${name}`),
  "AWS::Events::Rule EventPattern",
  "AWS::Events::Rule ScheduleExpression",
  "AWS::IAM::Role Policies",
  "AWS::Lambda::Function Handler",
  "AWS::Lambda::Function Runtime",
  // AWS: what they were, they stay.
  ...["DeduplicationScope", "FifoThroughputLimit", "SqsManagedSseEnabled"].map((name) => `AWS::SQS::Queue ${name}`),
  "AWS::StepFunctions::StateMachine DefinitionString",
  "AWS::StepFunctions::StateMachineAlias RoutingConfiguration",
  "Streamed StreamSpecification",
]);

/** Ids that every stack has of its own and that are no resource's. */
const OWN = new Set([
  "AWS::ApiGateway::Method ResourceId",
  "AWS::ApiGateway::Resource ParentId",
  "AWS::ApiGatewayV2::Stage DeploymentId",
]);

/** What services say of something put back to its default, where they say nothing of a default that never was another. */
const AGAIN: Readonly<Record<string, JsonValue>> = {
  "AWS::ApiGateway::ApiKey Enabled": false,
  "AWS::ApiGateway::Authorizer AuthorizerResultTtlInSeconds": 300,
  "AWS::ApiGatewayV2::Authorizer AuthorizerResultTtlInSeconds": 300,
  "AWS::ApiGatewayV2::Authorizer EnableSimpleResponses": false,
  "AWS::ApiGatewayV2::Stage AutoDeploy": false,
  "AWS::DynamoDB::Table OnDemandThroughput": { MaxReadRequestUnits: -1, MaxWriteRequestUnits: -1 },
  "AWS::Lambda::EventSourceMapping MetricsConfig": { Metrics: [] },
  "AWS::Lambda::Function Environment": { Variables: {} },
  "AWS::S3::Bucket AccelerateConfiguration": { AccelerationStatus: "Suspended" },
  "AWS::S3::Bucket VersioningConfiguration": { Status: "Suspended" },
  "AWS::SNS::Topic SignatureVersion": "1",
  "AWS::SNS::Topic TracingConfig": "PassThrough",
  "AWS::SecretsManager::Secret KmsKeyId": "alias/aws/secretsmanager",
  "AWS::SQS::Queue MaximumMessageSize": 262_144,
  "AWS::SQS::Queue KmsDataKeyReusePeriodSeconds": 300,
};
