import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startCloud } from "aloft";

let cloud;
let sqs;

before(async () => {
  cloud = await startCloud();
  sqs = new SQSClient(cloud.clientConfig());
});
after(() => cloud.stop());

test("a message that nobody deletes comes back after its timeout, without waiting for it", async () => {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: "work", Attributes: { VisibilityTimeout: "600" } }),
  );
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "do it" }));
  const receive = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
  assert.equal((await receive()).length, 1);
  assert.equal((await receive()).length, 0);
  cloud.clock.advance(600_000);
  const [again] = await receive();
  assert.equal(again?.Body, "do it");
});
