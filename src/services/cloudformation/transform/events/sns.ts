import { CfnResource, logicalIdFrom } from "../cfnResource.ts";
import { type Context, section } from "../context.ts";
import { InvalidEvent } from "../errors.ts";
import { event as eventSubject, expectMap } from "../expect.ts";
import { getAtt, logicalIdIn, ref } from "../intrinsics.ts";
import { queueAcceptsFrom } from "../policies/documents.ts";
import { FLAG, MAP, oneOf, optional, passed, required, TEXT } from "../properties.ts";
import { resolveParameters } from "../resolve.ts";
import { Dict, either, isDict, literal, truthy, type Value } from "../values/value.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";
import { eventSourceMapping } from "./pull.ts";

/** `SNS`: a topic's messages reach the function at once, or through a queue (SqsSubscription). */
export const snsEvent: EventType = {
  properties: {
    Topic: required(TEXT),
    Region: optional(TEXT),
    FilterPolicy: passed(),
    FilterPolicyScope: passed(),
    SqsSubscription: optional(oneOf(FLAG, MAP)),
    RedrivePolicy: optional(MAP),
  },
  generate: (source, target, context) => {
    const through = source.properties.get("SqsSubscription");
    if (truthy(through)) return throughQueue(source, target, context);
    const permission = invokePermission(source, target, {
      principal: "sns.amazonaws.com",
      sourceArn: source.properties.get("Topic"),
    });
    return [permission, subscription(source, target, "lambda", target.arn)];
  },
};

const throughQueue = (source: EventSource, target: EventTarget, context: Context): CfnResource[] => {
  const choice = source.properties.get("SqsSubscription");
  if (typeof choice === "boolean") {
    const queue = new CfnResource("AWS::SQS::Queue", `${source.logicalId}Queue`, target.attributes);
    const fifo = isFifoTopic(source.properties.get("Topic"), context);
    if (truthy(fifo)) queue.set("FifoQueue", fifo);
    const arn = getAtt(queue.logicalId, "Arn");
    const made = connect(source, target, context, { arn, url: ref(queue.logicalId), policyId: null, batchSize: null });
    return [made.mapping, queue, made.policy, made.subscription];
  }
  const config = expectMap(choice, eventSubject(source.eventId), "SqsSubscription");
  const [arn, url] = [config.get("QueueArn"), config.get("QueueUrl")];
  if (!truthy(arn) || !truthy(url)) throw new InvalidEvent(source.eventId, "No QueueARN or QueueURL provided.");
  const policyId = config.get("QueuePolicyLogicalId");
  const made = connect(source, target, context, { arn, url, policyId, batchSize: config.get("BatchSize") });
  return [made.mapping, made.policy, made.subscription];
};

interface Queue {
  readonly arn: Value;
  readonly url: Value;
  readonly policyId: Value;
  readonly batchSize: Value;
}

const connect = (source: EventSource, target: EventTarget, context: Context, queue: Queue) => ({
  mapping: queueMapping(source, target, queue, context),
  policy: queuePolicy(source, target, queue),
  subscription: subscription(source, target, "sqs", queue.arn),
});

const queueMapping = (source: EventSource, target: EventTarget, queue: Queue, context: Context): CfnResource => {
  const logicalId = `${source.logicalId}EventSourceMapping`;
  // AWS: `Enabled` of SqsSubscription is not honoured; the mapping is always enabled.
  const properties = Dict.plain({ Queue: queue.arn, BatchSize: either(queue.batchSize, 10), Enabled: true });
  return eventSourceMapping({ logicalId, eventId: source.eventId, type: "SQS", properties }, target, context);
};

const queuePolicy = (source: EventSource, target: EventTarget, queue: Queue): CfnResource =>
  new CfnResource(
    "AWS::SQS::QueuePolicy",
    truthy(queue.policyId) ? logicalIdFrom(queue.policyId) : `${source.logicalId}QueuePolicy`,
    target.attributes,
    {
      PolicyDocument: queueAcceptsFrom(literal("*"), source.properties.get("Topic"), queue.arn),
      Queues: [queue.url],
    },
  );

const subscription = (source: EventSource, target: EventTarget, protocol: string, endpoint: Value): CfnResource => {
  const { properties } = source;
  return new CfnResource("AWS::SNS::Subscription", source.logicalId, target.attributes, {
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: properties.get("Topic"),
    Region: properties.get("Region"),
    FilterPolicy: properties.get("FilterPolicy"),
    FilterPolicyScope: properties.get("FilterPolicyScope"),
    RedrivePolicy: properties.get("RedrivePolicy"),
  });
};

/** The queue of a FIFO topic must be FIFO too. */
const isFifoTopic = (topic: Value, context: Context): Value => {
  const id = logicalIdIn(topic);
  const resource = id === undefined ? null : section(context.source, "Resources").get(id);
  const properties = isDict(resource) ? resource.get("Properties") : null;
  const fifo = isDict(properties) && properties.has("FifoTopic") ? properties.get("FifoTopic") : false;
  return resolveParameters(fifo, context.parameters);
};
