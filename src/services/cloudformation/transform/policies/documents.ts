import { Dict, literal, type Value } from "../values/value.ts";

const POLICY_VERSION = "2012-10-17";

/** A trust policy for one service. */
export const assumedBy = (service: string): Dict =>
  Dict.plain({
    Version: literal(POLICY_VERSION),
    Statement: [
      Dict.plain({
        Action: [literal("sts:AssumeRole")],
        Effect: literal("Allow"),
        Principal: Dict.plain({ Service: [literal(service)] }),
      }),
    ],
  });

/** A statement that allows the action or actions on the resource. */
export const allow = (action: string | readonly string[], resource: Value): Dict =>
  Dict.plain({
    Action: typeof action === "string" ? literal(action) : action.map(literal),
    Effect: literal("Allow"),
    Resource: resource,
  });

/** An inline policy of a role. The service writes most of its own without a version. */
export const inlinePolicy = (name: string, statements: Dict[], version?: string): Dict => {
  const document = Dict.plain();
  if (version !== undefined) document.put("Version", literal(version));
  document.put("Statement", statements);
  return Dict.plain({ PolicyName: name, PolicyDocument: document });
};

export const deadLetterQueuePolicy = (action: string, target: Value): Dict =>
  inlinePolicy("DeadLetterQueuePolicy", [allow(action, target)], POLICY_VERSION);

export const sendToQueuePolicy = (queueArn: Value, logicalId: string): Dict =>
  inlinePolicy(`${logicalId}SQSPolicy`, [allow("sqs:SendMessage", queueArn)]);

export const publishToTopicPolicy = (topicArn: Value, logicalId: string): Dict =>
  inlinePolicy(`${logicalId}SNSPolicy`, [allow("sns:publish", topicArn)]);

export const writeToBucketPolicy = (bucketArn: Value, logicalId: string): Dict => {
  const objects = Dict.plain({ "Fn::Join": [literal("/"), [bucketArn, literal("*")]] });
  return inlinePolicy(`${logicalId}S3Policy`, [allow("s3:PutObject", objects), allow("s3:ListBucket", bucketArn)]);
};

export const putEventsPolicy = (busArn: Value, logicalId: string): Dict =>
  inlinePolicy(`${logicalId}EventBridgePolicy`, [allow("events:PutEvents", busArn)]);

export const invokeFunctionPolicy = (functionArn: Value, logicalId: string): Dict =>
  inlinePolicy(`${logicalId}LambdaPolicy`, [allow("lambda:InvokeFunction", functionArn)]);

export const startExecutionPolicy = (stateMachineArn: Value, logicalId: string): Dict =>
  inlinePolicy(`${logicalId}StartExecutionPolicy`, [allow("states:StartExecution", stateMachineArn)]);

/** A queue's own policy: the principal may send messages on behalf of the source. */
export const queueAcceptsFrom = (principal: Value, sourceArn: Value, queueArn: Value): Dict =>
  Dict.plain({
    Version: literal(POLICY_VERSION),
    Statement: [
      Dict.plain({
        Action: literal("sqs:SendMessage"),
        Effect: literal("Allow"),
        Principal: principal,
        Resource: queueArn,
        Condition: Dict.plain({ ArnEquals: Dict.plain({ "aws:SourceArn": sourceArn }) }),
      }),
    ],
  });
