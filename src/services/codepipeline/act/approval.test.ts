import { type CodePipelineClient, CreatePipelineCommand } from "@aws-sdk/client-codepipeline";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../../test/harness.ts";
import { approvalOf, declared, endOf, pipelineCloud, stagesOf, tokenOf, until } from "../testPipeline.ts";

const HOUR_MS = 3_600_000;
let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud(["s3:*", "sns:Publish"]));
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** A topic, and what is published to it as JSON. */
const topic = async () => {
  const [sns, sqs] = [cloud.client(SNSClient), cloud.client(SQSClient)];
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "approvals" }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "approvals" }));
  const Resource = "arn:aws:sqs:us-east-1:123456789012:approvals";
  const statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const Attributes = { RawMessageDelivery: "true" };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: Resource, Attributes }));
  const received = () =>
    until(async () => {
      const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      return message?.Body === undefined ? undefined : JSON.parse(message.Body);
    });
  return { TopicArn, received };
};

describe("an approval with a time of its own", () => {
  it("tells who is asked when it expires, and expires then", async () => {
    const { TopicArn, received } = await topic();
    const configuration = { NotificationArn: TopicArn, CustomData: "look", ExternalEntityLink: "https://example.com" };
    const ask = approvalOf("Ask", { configuration, timeoutInMinutes: 120 });
    await client.send(new CreatePipelineCommand(declared(stagesOf([ask]), { pipelineType: "V2" })));
    const token = await tokenOf(client, "Ask");
    expect(await received()).toMatchObject({
      region: "us-east-1",
      approval: {
        pipelineName: "app",
        stageName: "Stage1",
        actionName: "Ask",
        token,
        expires: `${new Date(cloud.clock.now() + 2 * HOUR_MS).toISOString().slice(0, 16)}Z`,
        externalEntityLink: "https://example.com",
        customData: "look",
      },
    });
    cloud.clock.advance(2 * HOUR_MS);
    expect(await endOf(client)).toBe("Failed");
  });
});
