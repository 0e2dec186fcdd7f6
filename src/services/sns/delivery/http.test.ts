import { createVerify, X509Certificate } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  type SubscribeCommandInput,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

interface Seen {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let cloud: TestCloud;
let sns: SNSClient;
let seen: Seen[];
/** What the receiver answers, one after the other; 200 when there is none. */
let answers: number[];
let endpoint: string;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answers.shift() ?? 200).end();
  });
});

beforeEach(async () => {
  seen = [];
  answers = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inbox`;
  cloud = await testCloud();
  sns = cloud.client(SNSClient);
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const setUp = async (topic: Record<string, string> = {}, Attributes: SubscribeCommandInput["Attributes"] = {}) => {
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "t", Attributes: topic }));
  const input = { TopicArn, Protocol: "http", Endpoint: endpoint, ReturnSubscriptionArn: true, Attributes };
  const { SubscriptionArn = "" } = await sns.send(new SubscribeCommand(input));
  await cloud.tasks.idle();
  return { TopicArn, SubscriptionArn };
};

/** Visits an address as a browser does: without a signature. */
const visit = async (url: string) => {
  const { pathname, search } = new URL(url);
  return ask(cloud, { path: pathname + search });
};

const documentOf = (index: number): Record<string, string> => JSON.parse(seen[index]?.body ?? "{}");

/** Verifies a message as AWS tells receivers to. */
const isGenuine = async (message: Record<string, string>): Promise<boolean> => {
  const { text } = await visit(message["SigningCertURL"] ?? "");
  const names =
    message["Type"] === "Notification"
      ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
      : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
  const verify = createVerify(message["SignatureVersion"] === "2" ? "RSA-SHA256" : "RSA-SHA1");
  for (const name of names) if (message[name] !== undefined) verify.update(`${name}\n${message[name]}\n`);
  return verify.verify(new X509Certificate(text).publicKey, message["Signature"] ?? "", "base64");
};

describe("messages are signed", () => {
  test.each(["1", "2"])("by version %s, from the confirmation to the end", async (SignatureVersion) => {
    const { TopicArn, SubscriptionArn } = await setUp({ SignatureVersion });
    const confirmation = documentOf(0);
    expect(confirmation).toMatchObject({ Type: "SubscriptionConfirmation", SignatureVersion, TopicArn });
    expect(seen[0]?.headers).toMatchObject({
      "x-amz-sns-message-type": "SubscriptionConfirmation",
      "x-amz-sns-message-id": confirmation["MessageId"],
      "user-agent": "Amazon Simple Notification Service Agent",
    });
    expect(await isGenuine(confirmation)).toBe(true);
    expect(await isGenuine({ ...confirmation, Message: "another" })).toBe(false);
    const confirmed = await visit(confirmation["SubscribeURL"] ?? "");
    expect(confirmed.text).toContain(`<SubscriptionArn>${SubscriptionArn}</SubscriptionArn>`);
    await sns.send(new PublishCommand({ TopicArn, Message: "hello", Subject: "s" }));
    await cloud.tasks.idle();
    expect(documentOf(1)).toMatchObject({ Type: "Notification", Message: "hello" });
    expect(await isGenuine(documentOf(1))).toBe(true);
    expect((await visit(documentOf(1)["UnsubscribeURL"] ?? "")).text).toContain("<UnsubscribeResponse");
    await cloud.tasks.idle();
    expect(documentOf(2)).toMatchObject({ Type: "UnsubscribeConfirmation" });
    expect(await isGenuine(documentOf(2))).toBe(true);
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([]);
    await visit(documentOf(2)["SubscribeURL"] ?? "");
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toMatchObject([{ SubscriptionArn }]);
  });

  test("a certificate that is none is not found", async () => {
    expect((await visit(`http://x/_aloft/sns/${TEST_ACCOUNT}/us-east-1/SimpleNotificationService-00.pem`)).status).toBe(
      404,
    );
  });
});

describe("links", () => {
  test.each([
    ["no ARN", "TopicArn=not-an-arn&Token=ab", "Invalid parameter: Topic"],
    ["an unknown token", `TopicArn=arn:aws:sns:us-east-1:${TEST_ACCOUNT}:t&Token=abc123`, "Invalid parameter: Token"],
    ["no token", `TopicArn=arn:aws:sns:us-east-1:${TEST_ACCOUNT}:t&Token=random`, "Invalid token"],
  ])("refuse %s", async (_case, query, message) => {
    await setUp();
    const { status, text } = await visit(`http://x/?Action=ConfirmSubscription&${query}`);
    expect([status, text]).toEqual([400, expect.stringContaining(`<Message>${message}</Message>`)]);
  });

  test("who confirmed with a signature may want one for the end", async () => {
    const { TopicArn, SubscriptionArn } = await setUp();
    const Token = documentOf(0)["Token"];
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: "true" }));
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ PendingConfirmation: "false", ConfirmationWasAuthenticated: "true" });
    const { status } = await visit(`http://x/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`);
    expect(status).toBe(403);
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([]);
  });
});

describe("delivery policies", () => {
  const policyOf = (numRetries: number) =>
    JSON.stringify({
      healthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 5, numRetries },
      requestPolicy: { headerContentType: "application/json" },
    });

  test("say how often to try again, and with which type", async () => {
    const { TopicArn, SubscriptionArn } = await setUp({}, { DeliveryPolicy: policyOf(2) });
    await visit(documentOf(0)["SubscribeURL"] ?? "");
    answers = [500, 429];
    const delivered = new Promise<void>((resolve) => {
      const look = () => {
        if (seen.length === 4) return resolve();
        cloud.clock.advance(5000);
        setImmediate(look);
      };
      look();
    });
    await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
    await delivered;
    await cloud.tasks.idle();
    expect(seen.slice(1).map(({ headers }) => headers["content-type"])).toEqual(Array(3).fill("application/json"));
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(JSON.parse(Attributes?.["EffectiveDeliveryPolicy"] ?? "")).toMatchObject({
      healthyRetryPolicy: { minDelayTarget: 5, numRetries: 2, backoffFunction: "linear" },
      guaranteed: false,
    });
    expect(JSON.parse(Attributes?.["DeliveryPolicy"] ?? "")).toMatchObject({ throttlePolicy: null });
  });

  test("a receiver that says no is not asked again: its dead-letter queue gets the message", async () => {
    const sqs = cloud.client(SQSClient);
    const Statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
    const Attributes = { Policy: JSON.stringify({ Statement }) };
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "dead", Attributes }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:${TEST_ACCOUNT}:dead` });
    const { TopicArn } = await setUp({}, { RedrivePolicy, DeliveryPolicy: policyOf(3) });
    await visit(documentOf(0)["SubscribeURL"] ?? "");
    answers = [404];
    await sns.send(new PublishCommand({ TopicArn, Message: "lost" }));
    await cloud.tasks.idle();
    expect(seen).toHaveLength(2);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages?.[0]?.Body ?? "{}")).toMatchObject({ Message: "lost" });
  });

  test.each([
    ["no JSON", "{", "DeliveryPolicy: failed to parse JSON."],
    ["too many tries", policyOf(101), "numRetries must be at most 100"],
    [
      "a shortest wait that is longer than the longest",
      JSON.stringify({ healthyRetryPolicy: { minDelayTarget: 30, numRetries: 1 } }),
      "minDelayTarget must be at most maxDelayTarget",
    ],
    ["no rate", JSON.stringify({ throttlePolicy: { maxReceivesPerSecond: 0 } }), "maxReceivesPerSecond"],
  ])("refuse %s", async (_case, DeliveryPolicy, message) => {
    await expect(setUp({}, { DeliveryPolicy })).rejects.toThrow(message);
  });
});
