import { createSegmentSender } from "../../../engines/tracing/sender.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import { isSampled, parentOf, segmentOf, traceRoot, within } from "../../../kernel/traceId.ts";
import type { MessageRecord, TopicRecord } from "../records.ts";
import type { Parcel, Receipt } from "./parcel.ts";

/** Tells X-Ray of the messages of topics with active tracing. */
export interface TopicTracing {
  /** The trace that a message passes on: below the topic's own segment, where it has one. */
  publish(topic: TopicRecord, messageId: string, traceId: string | undefined): TraceOfMessage;
  /** How one try of a delivery went: what the receiver answered, or the error. */
  delivered(parcel: Parcel, startedAt: number, outcome: Receipt | { readonly error: unknown } | undefined): void;
}

type TraceOfMessage = Pick<MessageRecord, "traceHeader" | "segment">;

const SERVICE = "sns.amazonaws.com";

export const createTopicTracing = (deps: RoomDeps): TopicTracing => {
  const { account, region, clock, ids, tasks } = deps;
  const asService = (sourceArn: string) => ({ kind: "service", account, service: SERVICE, sourceArn }) as const;
  // AWS: X-Ray takes them where one of its resource policies lets SNS send them.
  const segments = createSegmentSender<string>({
    tasks,
    nameOf: (topicArn) => topicArn,
    contextOf: async (topicArn) => deps.contextAs(asService(topicArn)),
  });
  return {
    publish: (topic, messageId, traceId) => {
      if (traceId === undefined) return {};
      if (topic.attributes["TracingConfig"] !== "Active" || isSampled(traceId) !== true)
        return { traceHeader: traceId };
      const segment = segmentOf(messageId);
      const now = clock.now();
      segments.send(topic.arn, [topicSegment(topic, { id: segment, traceId, now, account, region })]);
      const told = { service: "sns", operation: `Message of ${topic.name}`, resource: topic.arn, requestId: messageId };
      deps.served({ ...told, principal: asService(topic.arn), traceId, segment, startedAt: now });
      return { traceHeader: within(traceId, segment), segment };
    },
    delivered: (parcel, startedAt, outcome) => {
      const { message, topic } = parcel;
      const called = message.segment === undefined ? undefined : calledBy(parcel, region);
      if (!called) return;
      const subsegment = {
        id: ids.hex(16),
        trace_id: traceRoot(message.traceHeader ?? ""),
        parent_id: message.segment,
        type: "subsegment",
        ...called,
        start_time: startedAt / 1000,
        end_time: clock.now() / 1000,
        ...outcomeOf(outcome, ids.hex(16)),
      };
      segments.send(topic.arn, [subsegment]);
    },
  };
};

interface Place {
  readonly id: string;
  readonly traceId: string;
  readonly now: number;
  readonly account: string;
  readonly region: string;
}

/** AWS: the segment of a message that a topic took. https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html */
const topicSegment = (topic: TopicRecord, { id, traceId, now, account, region }: Place): JsonObject => {
  const parent = parentOf(traceId);
  return {
    id,
    trace_id: traceRoot(traceId),
    ...(parent === undefined ? {} : { parent_id: parent }),
    name: topic.name,
    start_time: now / 1000,
    end_time: now / 1000,
    origin: "AWS::SNS::Topic",
    resource_arn: topic.arn,
    aws: { account_id: account, region, operation: "Publish", topic_arn: topic.arn },
  };
};

/** Whom a delivery calls. A function sends its own segment; what has no way out of this machine is not called. */
const calledBy = ({ subscription: { protocol, endpoint } }: Parcel, region: string): JsonObject | undefined => {
  if (protocol === "lambda") return { name: "Lambda" };
  if (protocol === "sqs") {
    const queue_url = endpoint.split(":").slice(-2).join("/");
    return { name: "SQS", namespace: "aws", aws: { operation: "SendMessage", region, queue_url } };
  }
  if (!URL.canParse(endpoint)) return undefined;
  return { name: new URL(endpoint).hostname, namespace: "remote" };
};

const outcomeOf = (outcome: Receipt | { readonly error: unknown } | undefined, exceptionId: string): JsonObject => {
  if (outcome === undefined) return {};
  if (!("error" in outcome)) return { http: { response: { status: outcome.statusCode } } };
  const { error } = outcome;
  const exception = { id: exceptionId, type: errorCode(error), message: errorMessage(error) };
  return { fault: true, cause: { exceptions: [exception] } };
};
