import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { stackOf } from "../../../../test/stackOf.ts";

/** A topic in Ireland, for a stack with a queue in Virginia. */
const apart = async () => {
  const cloud = await testCloud();
  const ireland = cloud.client(SNSClient, { region: "eu-west-1" });
  const { TopicArn = "" } = await ireland.send(new CreateTopicCommand({ Name: "far" }));
  const subscriptions = async () =>
    (await ireland.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];
  const publish = async (Message: string) => {
    await ireland.send(new PublishCommand({ TopicArn, Message }));
    await cloud.tasks.idle();
  };
  const received = async (QueueUrl: string | undefined) =>
    (await cloud.client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.map(({ Body }) => Body);
  return { cloud, ireland, TopicArn, subscriptions, publish, received, stack: stackOf(cloud) };
};

const template = (subscription?: object) => ({
  Resources: {
    Queue: { Type: "AWS::SQS::Queue" },
    QueuePolicy: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: { Queues: [{ Ref: "Queue" }], PolicyDocument: SNS_MAY_SEND },
    },
    ...(subscription && {
      Subscription: {
        Type: "AWS::SNS::Subscription",
        Properties: { Protocol: "sqs", Endpoint: { "Fn::GetAtt": ["Queue", "Arn"] }, ...subscription },
      },
    }),
  },
  Outputs: { Url: { Value: { Ref: "Queue" } }, Arn: { Value: { "Fn::GetAtt": ["Queue", "Arn"] } } },
});

const SNS_MAY_SEND = {
  Statement: [
    { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" },
  ],
};

test("a queue of another region is subscribed where the topic is, and gets its messages", async () => {
  const { cloud, ireland, TopicArn, publish, received, stack } = await apart();
  await using _ = cloud;
  const { outputs } = await stack.create(template());
  const request = {
    TopicArn,
    Protocol: "sqs",
    Endpoint: outputs["Arn"],
    Attributes: { RawMessageDelivery: "true" },
  };
  expect(await refusal(cloud.client(SNSClient).send(new SubscribeCommand(request)))).toBe(
    "InvalidParameterException: Invalid parameter: TopicArn",
  );
  await ireland.send(new SubscribeCommand(request));
  await publish("over the sea");
  expect(await received(outputs["Url"])).toEqual(["over the sea"]);
});

test("a stack's subscription is made, changed and ended in the Region it names", async () => {
  const { cloud, ireland, TopicArn, subscriptions, publish, received, stack } = await apart();
  await using _ = cloud;
  const properties = { TopicArn, Region: "eu-west-1" };
  const { status, outputs } = await stack.create(template(properties));
  expect(status).toBe("CREATE_COMPLETE");
  expect((await stack.update(template({ ...properties, RawMessageDelivery: true }))).status).toBe("UPDATE_COMPLETE");
  const [{ SubscriptionArn } = {}] = await subscriptions();
  const { Attributes } = await ireland.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(Attributes).toMatchObject({ RawMessageDelivery: "true" });
  await publish("over the sea");
  expect(await received(outputs["Url"])).toEqual(["over the sea"]);
  await stack.delete();
  expect(await subscriptions()).toEqual([]);
});

test("a stack that does not say where the topic is asks in its own region, and is refused", async () => {
  const { cloud, TopicArn, stack } = await apart();
  await using _ = cloud;
  const { status, reasons } = await stack.create(template({ TopicArn }));
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("Invalid parameter: TopicArn");
});
