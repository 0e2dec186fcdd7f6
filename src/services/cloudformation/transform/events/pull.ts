import { managedPolicyArn } from "../arns.ts";
import { CfnResource } from "../cfnResource.ts";
import type { Context } from "../context.ts";
import { InvalidEvent } from "../errors.ts";
import { event as eventSubject, expectMap } from "../expect.ts";
import { isIntrinsic } from "../intrinsics.ts";
import { publishToTopicPolicy, sendToQueuePolicy, writeToBucketPolicy } from "../policies/documents.ts";
import { addInlinePolicy, attachManagedPolicy } from "../policies/roles.ts";
import { FLAG, LIST, MAP, optional, type Properties, passed, strict, TEXT, WHOLE } from "../properties.ts";
import { Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";
import type { EventSource, EventTarget, EventType, EventTypes } from "./eventSource.ts";
import { documentDbPolicy, mqPolicy, mskPolicy, selfManagedKafkaPolicy } from "./pullPolicies.ts";

const COMMON: Properties = {
  BatchSize: optional(WHOLE),
  StartingPosition: passed(),
  StartingPositionTimestamp: passed(),
  Enabled: optional(FLAG),
  MaximumBatchingWindowInSeconds: optional(WHOLE),
  MaximumRetryAttempts: optional(WHOLE),
  BisectBatchOnFunctionError: optional(FLAG),
  MaximumRecordAgeInSeconds: optional(WHOLE),
  DestinationConfig: optional(MAP),
  ParallelizationFactor: optional(WHOLE),
  Topics: optional(LIST),
  Queues: optional(LIST),
  SourceAccessConfigurations: optional(LIST),
  SecretsManagerKmsKeyId: optional(TEXT),
  TumblingWindowInSeconds: optional(WHOLE),
  FunctionResponseTypes: optional(LIST),
  KafkaBootstrapServers: optional(LIST),
  FilterCriteria: optional(MAP),
  KmsKeyArn: passed(),
  ConsumerGroupId: optional(TEXT),
  ScalingConfig: optional(MAP),
  ProvisionedPollerConfig: optional(MAP),
  SchemaRegistryConfig: optional(MAP),
  MetricsConfig: optional(MAP),
  LoggingConfig: optional(MAP),
};

/** The properties that AWS::Lambda::EventSourceMapping takes as they are. */
const SAME = Object.keys(COMMON).filter(
  (name) =>
    !["SecretsManagerKmsKeyId", "KafkaBootstrapServers", "ConsumerGroupId", "SchemaRegistryConfig"].includes(name),
);

/** What sets one polled source apart from the others. */
interface Source {
  /** The property that names the source, if it has an ARN. */
  readonly arnFrom?: string;
  readonly managedPolicy?: string;
  readonly policy?: (source: EventSource, context: Context) => Dict | undefined;
}

const SOURCES: Readonly<Record<string, Source>> = {
  Kinesis: { arnFrom: "Stream", managedPolicy: "AWSLambdaKinesisExecutionRole" },
  DynamoDB: { arnFrom: "Stream", managedPolicy: "AWSLambdaDynamoDBExecutionRole" },
  SQS: { arnFrom: "Queue", managedPolicy: "AWSLambdaSQSQueueExecutionRole" },
  MSK: { arnFrom: "Stream", managedPolicy: "AWSLambdaMSKExecutionRole", policy: mskPolicy },
  MQ: { arnFrom: "Broker", policy: mqPolicy },
  SelfManagedKafka: { policy: selfManagedKafkaPolicy },
  DocumentDB: { arnFrom: "Cluster", policy: documentDbPolicy },
};

const pullEvent = (properties: Properties): EventType => ({
  properties: { ...COMMON, ...properties },
  generate: (source, target, context) => [eventSourceMapping(source, target, context)],
});

const STREAM: Properties = { Stream: passed(true), StartingPosition: passed(true) };

/** The sources that Lambda polls: streams, queues and topics. */
export const PULL_EVENTS: EventTypes = {
  Kinesis: pullEvent(STREAM),
  DynamoDB: pullEvent(STREAM),
  SQS: pullEvent({ Queue: passed(true) }),
  MSK: pullEvent(STREAM),
  MQ: pullEvent({ Broker: passed(true), DynamicPolicyName: strict(FLAG) }),
  SelfManagedKafka: pullEvent({}),
  DocumentDB: pullEvent({
    Cluster: passed(true),
    DatabaseName: passed(true),
    CollectionName: passed(),
    FullDocument: passed(),
  }),
};

/** The event source mapping; the function's role gets what polling needs. */
export const eventSourceMapping = (source: EventSource, target: EventTarget, context: Context): CfnResource => {
  const { properties, logicalId } = source;
  const kind = SOURCES[source.type] ?? {};
  const mapping = new CfnResource("AWS::Lambda::EventSourceMapping", logicalId, target.attributes);
  mapping.set("FunctionName", target.nameOrArn);
  mapping.set("EventSourceArn", kind.arnFrom === undefined ? null : properties.get(kind.arnFrom));
  for (const name of SAME) mapping.set(name, properties.get(name));
  checkFilterCriteria(source);
  if (truthy(properties.get("KafkaBootstrapServers"))) {
    const endpoints = Dict.plain({ KafkaBootstrapServers: properties.get("KafkaBootstrapServers") });
    mapping.set("SelfManagedEventSource", Dict.plain({ Endpoints: endpoints }));
  }
  setKafkaConfig(mapping, source);
  const failurePolicy = onFailurePolicy(source);
  mapping.set(
    "DestinationConfig",
    truthy(properties.get("DestinationConfig")) ? properties.get("DestinationConfig") : null,
  );
  if (source.type === "DocumentDB") mapping.set("DocumentDBEventSourceConfig", documentDbConfig(properties));
  const { role } = target;
  const policy = kind.policy?.(source, context);
  if (!role) return mapping;
  if (kind.managedPolicy) {
    attachManagedPolicy(role, managedPolicyArn(context.partition, `service-role/${kind.managedPolicy}`));
  }
  if (policy) addInlinePolicy(role, policy);
  if (failurePolicy) addInlinePolicy(role, failurePolicy);
  return mapping;
};

const FILTERED = ["DocumentDB", "DynamoDB", "Kinesis", "MQ", "MSK", "SelfManagedKafka", "SQS"];

const checkFilterCriteria = (source: EventSource): void => {
  const criteria = source.properties.get("FilterCriteria");
  if (!isDict(criteria) || criteria.size === 0 || isIntrinsic(criteria)) return;
  if (!FILTERED.includes(source.type)) {
    throw new InvalidEvent(source.eventId, `FilterCriteria is only available for ${FILTERED.join(", ")} events.`);
  }
  if (criteria.size !== 1 || !criteria.has("Filters")) {
    throw new InvalidEvent(source.eventId, "FilterCriteria field has a wrong format");
  }
};

const KAFKA_CONFIG: Readonly<Record<string, string>> = {
  MSK: "AmazonManagedKafkaEventSourceConfig",
  SelfManagedKafka: "SelfManagedKafkaEventSourceConfig",
};

const setKafkaConfig = (mapping: CfnResource, source: EventSource): void => {
  const group = source.properties.get("ConsumerGroupId");
  const registry = source.properties.get("SchemaRegistryConfig");
  const property = KAFKA_CONFIG[source.type];
  if (truthy(group) && property === undefined) {
    throw new InvalidEvent(
      source.logicalId,
      `Property ConsumerGroupId not defined for resource of type ${source.type}.`,
    );
  }
  if (property === undefined || (!truthy(group) && !truthy(registry))) return;
  const config = Dict.plain();
  if (truthy(group)) config.put("ConsumerGroupId", group);
  if (truthy(registry)) config.put("SchemaRegistryConfig", registry);
  mapping.set(property, config);
};

const DESTINATIONS: Readonly<Record<string, ((arn: Value, logicalId: string) => Dict) | undefined>> = {
  SQS: sendToQueuePolicy,
  SNS: publishToTopicPolicy,
  S3: writeToBucketPolicy,
  Kafka: undefined,
};

/** `Type` of an OnFailure destination is SAM's own: it picks the policy and is not passed on. */
const onFailurePolicy = (source: EventSource): Dict | undefined => {
  const config = source.properties.get("DestinationConfig");
  if (!isDict(config) || config.size === 0) return undefined;
  const failure = expectMap(config.get("OnFailure"), eventSubject(source.logicalId), "DestinationConfig.OnFailure");
  const type = failure.get("Type");
  if (!truthy(type)) return undefined;
  failure.delete("Type");
  const name = textOf(type) ?? "";
  if (!Object.hasOwn(DESTINATIONS, name)) {
    throw new InvalidEvent(source.logicalId, "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'");
  }
  return DESTINATIONS[name]?.(failure.get("Destination"), source.logicalId);
};

const documentDbConfig = (properties: Dict): Dict => {
  const config = Dict.plain({ DatabaseName: properties.get("DatabaseName") });
  for (const name of ["CollectionName", "FullDocument"]) {
    if (truthy(properties.get(name))) config.set(name, properties.get(name));
  }
  return config;
};
