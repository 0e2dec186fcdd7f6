import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

const makeQueue = async (cloud: TestCloud, QueueName = "q", Attributes: Record<string, string> = {}) => {
  const sqs = cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return {
    sqs,
    QueueUrl,
    send: (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: Partial<ReceiveMessageCommandInput> = {}) =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? [],
    drop: (ReceiptHandle: string | undefined) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    counts: async () => {
      const names: QueueAttributeName[] = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
      ];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: names }));
      return names.map((name) => Number(Attributes?.[name]));
    },
  };
};

const bodies = (messages: readonly { readonly Body?: string | undefined }[]) => messages.map(({ Body }) => Body);

describe("shape", () => {
  test("a message with its attributes; the client checks the digests", async () => {
    await using cloud = await testCloud();
    const { send, receive } = await makeQueue(cloud);
    const MessageAttributes = {
      City: { DataType: "String", StringValue: "Bern" },
      Bytes: { DataType: "Binary", BinaryValue: Buffer.from([1, 2]) },
    };
    const sent = await send("hello", { MessageAttributes });
    const [message] = await receive({ MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: "hello",
      MD5OfBody: "5d41402abc4b2a76b9719d911017c592",
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(cloud.clock.now()) },
    });
    expect(message?.MessageAttributes?.["City"]).toEqual(MessageAttributes.City);
    expect(Buffer.from(message?.MessageAttributes?.["Bytes"]?.BinaryValue ?? [])).toEqual(Buffer.from([1, 2]));
  });
});

describe("refusals", () => {
  test.each<[string, Partial<SendMessageCommandInput>, string, string]>([
    ["no body", { MessageBody: "" }, "MissingParameter", "The request must contain the parameter MessageBody."],
    ["a control character", { MessageBody: "\u0001" }, "InvalidMessageContents", "Invalid characters found."],
    ["too long a delay", { DelaySeconds: 901 }, "InvalidParameterValue", "Value 901 for parameter DelaySeconds"],
    ["too long a message", { MessageBody: "x".repeat(1025) }, "InvalidParameterValue", "must be shorter than 1024"],
    [
      "an empty attribute",
      { MessageAttributes: { A: { DataType: "String", StringValue: "" } } },
      "InvalidParameterValue",
      "Message (user) attribute 'A' must contain a non-empty value of type 'String'.",
    ],
    [
      "a group with a blank",
      { MessageGroupId: "a b" },
      "InvalidParameterValue",
      "Value a b for parameter MessageGroupId is invalid.",
    ],
    [
      "an empty deduplication id",
      { MessageDeduplicationId: "" },
      "InvalidParameterValue",
      "Value  for parameter MessageDeduplicationId",
    ],
    ["another queue", { QueueUrl: "http://127.0.0.1:4566/1/none" }, "QueueDoesNotExist", "does not exist"],
  ])("%s", async (_case, more, name, message) => {
    await using cloud = await testCloud();
    const { send } = await makeQueue(cloud, "q", { MaximumMessageSize: "1024" });
    await expect(send("x", more)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test("handles that are none, and batches that are wrong", async () => {
    await using cloud = await testCloud();
    const { sqs, QueueUrl, drop } = await makeQueue(cloud);
    await expect(drop("nonsense")).rejects.toMatchObject({ name: "ReceiptHandleIsInvalid" });
    const batch = (...ids: string[]) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody: "x" })) }));
    await expect(batch()).rejects.toMatchObject({ name: "EmptyBatchRequest" });
    await expect(batch("a", "a")).rejects.toMatchObject({ name: "BatchEntryIdsNotDistinct" });
    await expect(batch("a b")).rejects.toMatchObject({ name: "InvalidBatchEntryId" });
    await expect(batch(..."abcdefghijk")).rejects.toMatchObject({ name: "TooManyEntriesInBatchRequest" });
    const MessageAttributes = { k: { DataType: "String", StringValue: "x" } };
    const large = { Id: "1", MessageBody: "x".repeat(1024 * 1024 - 8), MessageAttributes };
    const Entries = [large, { Id: "2", MessageBody: "x" }];
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toThrow(
      "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
    );
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: "PurgeQueueInProgress" });
  });
});

describe("standard queues", () => {
  test("a received message is out of sight until its time is over, or it is deleted", async () => {
    await using cloud = await testCloud();
    const { send, receive, drop, counts } = await makeQueue(cloud);
    await send("a");
    const [first] = await receive();
    expect([await receive(), await counts()]).toEqual([[], [0, 1, 0]]);
    cloud.clock.advance(30_000);
    const [second] = await receive();
    expect(second?.MessageId).toBe(first?.MessageId);
    await drop(second?.ReceiptHandle);
    expect(await counts()).toEqual([0, 0, 0]);
  });

  test("its receiver holds on to it, or gives it back", async () => {
    await using cloud = await testCloud();
    const { sqs, QueueUrl, send, receive } = await makeQueue(cloud);
    await send("a");
    const [message] = await receive();
    const change = (VisibilityTimeout: number) =>
      sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
      );
    cloud.clock.advance(31_000);
    // Its time is over, but nobody else has it.
    await change(60);
    cloud.clock.advance(31_000);
    expect(await receive()).toEqual([]);
    await change(0);
    expect(bodies(await receive())).toEqual(["a"]);
    // An earlier handle says so as well, for as long as there is the message.
    await change(0);
    const [again] = await receive();
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    await expect(change(5)).rejects.toThrow(
      "Message does not exist or is not available for visibility timeout change.",
    );
  });

  test("delays, retention and a visibility of zero", async () => {
    await using cloud = await testCloud();
    const { send, receive, counts } = await makeQueue(cloud, "q", { MessageRetentionPeriod: "60", DelaySeconds: "5" });
    await send("a");
    await send("b", { DelaySeconds: 0 });
    expect(await counts()).toEqual([1, 0, 1]);
    expect(bodies(await receive({ MaxNumberOfMessages: 10, VisibilityTimeout: 0 }))).toEqual(["b"]);
    cloud.clock.advance(5000);
    expect(bodies(await receive({ MaxNumberOfMessages: 10, VisibilityTimeout: 0 })).sort()).toEqual(["a", "b"]);
    cloud.clock.advance(60_000);
    expect(await receive()).toEqual([]);
  });

  test("long polling ends with an arrival, or with its time", async () => {
    await using cloud = await testCloud();
    const { send, receive } = await makeQueue(cloud);
    const waiting = receive({ WaitTimeSeconds: 20 });
    await send("late");
    expect(bodies(await waiting)).toEqual(["late"]);
    const inVain = receive({ WaitTimeSeconds: 20 });
    // The request is on its way once a later one has been answered.
    await send("never", { DelaySeconds: 60 });
    cloud.clock.advance(20_000);
    expect(await inVain).toEqual([]);
  });

  test("what is received too often goes to the dead-letter queue", async () => {
    await using cloud = await testCloud();
    const dead = await makeQueue(cloud, "dead");
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:dead",
      maxReceiveCount: 2,
    });
    const { send, receive } = await makeQueue(cloud, "q", { RedrivePolicy, VisibilityTimeout: "0" });
    await send("poison");
    await receive();
    await receive();
    expect(await receive()).toEqual([]);
    const [given] = await dead.receive({ MessageSystemAttributeNames: ["DeadLetterQueueSourceArn"] });
    expect(given).toMatchObject({
      Body: "poison",
      Attributes: { DeadLetterQueueSourceArn: "arn:aws:sqs:us-east-1:123456789012:q" },
    });
  });

  test("in a batch each entry fails alone", async () => {
    await using cloud = await testCloud();
    const { sqs, QueueUrl, receive } = await makeQueue(cloud);
    const Entries = [
      { Id: "good", MessageBody: "a" },
      { Id: "bad", MessageBody: "b", DelaySeconds: 1000 },
    ];
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(["good"]);
    expect(sent.Failed).toMatchObject([{ Id: "bad", Code: "InvalidParameterValue", SenderFault: true }]);
    const [message] = await receive();
    const gone = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: "a", ReceiptHandle: message?.ReceiptHandle },
          { Id: "b", ReceiptHandle: "x" },
        ],
      }),
    );
    expect([gone.Successful, gone.Failed?.[0]?.Code]).toEqual([[{ Id: "a" }], "ReceiptHandleIsInvalid"]);
  });
});

describe("FIFO queues", () => {
  const FIFO = { FifoQueue: "true", ContentBasedDeduplication: "true" };
  const group = (MessageGroupId: string) => ({ MessageGroupId });

  test("keep the order of each group, and hold a group back while one of it is out", async () => {
    await using cloud = await testCloud();
    const { send, receive, drop } = await makeQueue(cloud, "q.fifo", FIFO);
    for (const body of ["a1", "a2"]) await send(body, group("a"));
    await send("b1", group("b"));
    const [first] = await receive();
    expect(first?.Body).toBe("a1");
    expect(bodies(await receive({ MaxNumberOfMessages: 10 }))).toEqual(["b1"]);
    await drop(first?.ReceiptHandle);
    expect(bodies(await receive({ MaxNumberOfMessages: 10 }))).toEqual(["a2"]);
  });

  test("send nothing twice within five minutes", async () => {
    await using cloud = await testCloud();
    const { send, counts } = await makeQueue(cloud, "q.fifo", FIFO);
    const first = await send("a", group("a"));
    const again = await send("a", group("a"));
    expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    cloud.clock.advance(5 * 60_000);
    await send("a", group("a"));
    expect((await counts())[0]).toBe(2);
  });

  test("refuse a batch as a whole when one of it has no group, and take no delay", async () => {
    await using cloud = await testCloud();
    const { sqs, QueueUrl, send, receive } = await makeQueue(cloud, "q.fifo", { ...FIFO, DelaySeconds: "2" });
    const Entries = [
      { Id: "a", MessageBody: "a", ...group("a") },
      { Id: "b", MessageBody: "b" },
    ];
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: "The request must contain the parameter MessageGroupId.",
    });
    await expect(send("a", { ...group("a"), DelaySeconds: 2 })).rejects.toThrow("not valid for this queue type");
    await send("a", { ...group("a"), DelaySeconds: 0 });
    expect(await receive()).toEqual([]);
    cloud.clock.advance(2000);
    expect(bodies(await receive())).toEqual(["a"]);
  });

  test("refuse what has no group, and handles whose time is over", async () => {
    await using cloud = await testCloud();
    const { send, receive, drop } = await makeQueue(cloud, "q.fifo", { FifoQueue: "true" });
    await expect(send("a")).rejects.toMatchObject({ name: "MissingParameter" });
    await expect(send("a", group("a"))).rejects.toMatchObject({ name: "InvalidParameterValue" });
    await send("a", { ...group("a"), MessageDeduplicationId: "1" });
    const [message] = await receive();
    cloud.clock.advance(30_000);
    await expect(drop(message?.ReceiptHandle)).rejects.toThrow("The receipt handle has expired.");
  });
});

test("a message of a standard queue is deleted by an earlier handle too, one of a FIFO queue by the last alone", async () => {
  await using cloud = await testCloud();
  const twice = async (name: string, attributes: Record<string, string>, more: Partial<SendMessageCommandInput>) => {
    const { send, receive, drop } = await makeQueue(cloud, name, attributes);
    await send("x", more);
    const [first] = await receive({ VisibilityTimeout: 0 });
    await receive();
    await drop(first?.ReceiptHandle);
    cloud.clock.advance(31_000);
    return bodies(await receive());
  };
  expect(await twice("q", {}, {})).toEqual([]);
  const more = { MessageGroupId: "g", MessageDeduplicationId: "d" };
  expect(await twice("q.fifo", { FifoQueue: "true" }, more)).toEqual(["x"]);
});
