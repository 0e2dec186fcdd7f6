import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { allowHello, createHello, lambdaCloud } from "../testLambda.ts";

/** Tells the test of each event, and does what its records ask for: fail, or fail once. */
const CODE = `import { request } from "node:http";
const tell = (event) => new Promise((resolve, reject) => {
  const sending = request({ host: "127.0.0.1", port: process.env.TOLD_PORT, method: "POST", agent: false }, (answer) =>
    answer.resume().once("end", resolve));
  sending.once("error", reject);
  sending.end(JSON.stringify(event));
});
const tried = new Set();
export const handler = async (event) => {
  await tell(event);
  const { Records, state = {} } = event;
  const isBad = (id) => id === "bad" || (id === "once" && !tried.has(id) && Boolean(tried.add(id)));
  const idOf = (record) => record.body ?? record.dynamodb.Keys.id.S;
  if (Records.some((record) => idOf(record) === "crash")) throw new Error("no");
  const failed = Records.filter((record) => isBad(idOf(record)));
  return {
    batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId ?? record.dynamodb.SequenceNumber })),
    state: { sum: (state.sum ?? 0) + Records.length },
  };
};`;

interface Told {
  /** A queue's records have a body, a stream's their keys. */
  readonly Records: readonly { readonly body?: string; readonly dynamodb?: { readonly Keys: { id: { S: string } } } }[];
}

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;
let ear: Server;
let told: Told[] = [];
let wake = () => {};

beforeAll(async () => {
  ear = createServer(async (request, response) => {
    told.push((await json(request)) as Told);
    response.end();
    wake();
  });
  await new Promise<void>((resolve) => ear.listen(0, "127.0.0.1", resolve));
  const Variables = { TOLD_PORT: String((ear.address() as AddressInfo).port) };
  cloud = await lambdaCloud();
  sqs = cloud.client(SQSClient as never) as SQSClient;
  dynamodb = cloud.client(DynamoDBClient as never) as DynamoDBClient;
  await allowHello(cloud, "sqs:*", "dynamodb:*");
  await createHello(cloud.lambda, CODE, { Environment: { Variables } });
});
afterAll(async () => {
  await cloud[Symbol.asyncDispose]();
  ear.close();
  ear.closeAllConnections();
});

const mappings: string[] = [];
afterEach(async () => {
  for (const UUID of mappings.splice(0)) await cloud.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  await cloud.tasks.idle();
  told = [];
});

/** What the function has been told, once it has been told that often. */
const events = async (count: number): Promise<Told[]> => {
  while (told.length < count) await new Promise<void>((resolve) => (wake = resolve));
  return told;
};
const idsIn = ({ Records }: Told) => Records.map(({ body, dynamodb }) => body ?? dynamodb?.Keys.id.S);

let sources = 0;
let QueueUrl: string;
const QUEUE = () => `arn:aws:sqs:us-east-1:123456789012:jobs${sources}`;

const createQueue = async () => {
  ({ QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: `jobs${++sources}` })));
};
const map = async (more: Partial<CreateEventSourceMappingCommandInput> = {}) => {
  const input = { FunctionName: "hello", EventSourceArn: QUEUE(), ...more };
  const { UUID = "" } = await cloud.lambda.send(new CreateEventSourceMappingCommand(input));
  mappings.push(UUID);
  return UUID;
};

describe("queues", () => {
  beforeEach(createQueue);

  const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  /** Waits until so many messages are in the queue, and so many out of sight. */
  const left = (seen: string, unseen: string) =>
    vi.waitFor(
      async () => {
        const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
        expect(Attributes).toMatchObject({
          ApproximateNumberOfMessages: seen,
          ApproximateNumberOfMessagesNotVisible: unseen,
        });
      },
      { timeout: 10_000, interval: 5 },
    );

  test("a message is passed on and removed", async () => {
    await map();
    await send('{"a":1}');
    const [event] = await events(1);
    expect(event?.Records).toMatchObject([
      {
        body: '{"a":1}',
        eventSource: "aws:sqs",
        eventSourceARN: QUEUE(),
        awsRegion: "us-east-1",
        attributes: { ApproximateReceiveCount: "1" },
        messageAttributes: {},
      },
    ]);
    await left("0", "0");
  });

  test("what a function says it could not handle stays; so does all when it fails", async () => {
    await send("good");
    await send("bad");
    await map({ FunctionResponseTypes: ["ReportBatchItemFailures"] });
    await events(1);
    await left("0", "1");
    await send("crash");
    await events(2);
    await cloud.tasks.idle();
    await left("0", "2");
    // They come again when their time out of sight is over.
    cloud.clock.advance(31_000);
    await events(3);
  });

  test("a function that cannot be run here leaves its messages in the queue", async () => {
    await createHello(cloud.lambda, "", { FunctionName: "java", Runtime: "java21" });
    await send("waiting");
    await map({ FunctionName: "java" });
    await left("0", "1");
    await cloud.tasks.idle();
    cloud.clock.advance(31_000);
    await left("0", "1");
  });

  test("messages that no filter lets pass are removed", async () => {
    await map({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["wanted"]}}' }] } });
    for (const body of ['{"kind":"other"}', "plain", '{"kind":"wanted"}']) await send(body);
    expect((await events(1)).map(idsIn)).toEqual([['{"kind":"wanted"}']]);
    await left("0", "0");
  });

  test("a window gathers messages until it closes", async () => {
    await map({ BatchSize: 50, MaximumBatchingWindowInSeconds: 10 });
    await send("one");
    await left("0", "1");
    await send("two");
    await left("0", "2");
    cloud.clock.advance(10_000);
    expect((await events(1)).map(idsIn)).toEqual([["one", "two"]]);
  });

  test("a mapping that is off, or gone, takes nothing", async () => {
    const UUID = await map();
    await cloud.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    await send("later");
    await cloud.tasks.idle();
    await left("1", "0");
    await cloud.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await events(1);
  });
});

describe("streams", () => {
  let EventSourceArn: string;
  beforeEach(async () => {
    await createQueue();
    const StreamSpecification = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" as const };
    const table = { ...tableOf(`facts${sources}`, { id: "S" }), StreamSpecification };
    const { TableDescription } = await dynamodb.send(new CreateTableCommand(table));
    EventSourceArn = TableDescription?.LatestStreamArn ?? "";
  });

  const put = async (...ids: string[]) => {
    for (const id of ids)
      await dynamodb.send(new PutItemCommand({ TableName: `facts${sources}`, Item: { id: { S: id } } }));
  };
  const fromHorizon = (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
    map({ EventSourceArn, StartingPosition: "TRIM_HORIZON", ...more });

  test("from the horizon, in order; from the latest, what comes then", async () => {
    await put("a", "b");
    const UUID = await fromHorizon();
    const [event] = await events(1);
    expect(event?.Records).toMatchObject([
      {
        eventName: "INSERT",
        eventSource: "aws:dynamodb",
        eventSourceARN: EventSourceArn,
        dynamodb: {
          Keys: { id: { S: "a" } },
          NewImage: { id: { S: "a" } },
          ApproximateCreationDateTime: Math.floor(cloud.clock.now() / 1000),
          StreamViewType: "NEW_IMAGE",
        },
      },
      { dynamodb: { Keys: { id: { S: "b" } } } },
    ]);
    await vi.waitFor(async () =>
      expect(await cloud.lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
        LastProcessingResult: "OK",
      }),
    );
    await cloud.lambda.send(new DeleteEventSourceMappingCommand({ UUID: mappings.pop() }));
    await map({ EventSourceArn, StartingPosition: "LATEST" });
    await put("c");
    expect((await events(2)).slice(1).map(idsIn)).toEqual([["c"]]);
  });

  test("a bad record is halved out of its batch, given up and told of", async () => {
    await put("a", "b", "crash", "d");
    await fromHorizon({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: QUEUE() } },
    });
    const batches = [["a", "b", "crash", "d"], ["a", "b"], ["crash", "d"], ["crash"], ["d"]];
    expect((await events(5)).map(idsIn)).toEqual(batches);
    await cloud.tasks.idle();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body = "" }) => JSON.parse(Body))).toMatchObject([
      {
        requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 1 },
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        DDBStreamBatchInfo: { batchSize: 1, streamArn: EventSourceArn },
      },
    ]);
  });

  test("a batch goes on from the first record a function could not handle", async () => {
    await put("a", "once", "c");
    await fromHorizon({ FunctionResponseTypes: ["ReportBatchItemFailures"] });
    expect((await events(2)).map(idsIn)).toEqual([
      ["a", "once", "c"],
      ["once", "c"],
    ]);
  });

  test("lanes share the records by key", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `key${index}`);
    await put(...ids);
    await fromHorizon({ ParallelizationFactor: 2 });
    expect((await events(2)).flatMap(idsIn).sort()).toEqual([...ids].sort());
  });

  test("a tumbling window carries a state to its last call", async () => {
    const minute = 60_000 * Math.floor(cloud.clock.now() / 60_000);
    const second = (ms: number) => new Date(ms).toISOString().replace(".000", "");
    const window = { start: second(minute), end: second(minute + 60_000) };
    await put("a");
    await fromHorizon({ TumblingWindowInSeconds: 60 });
    await events(1);
    await put("b");
    await events(2);
    cloud.clock.advance(60_000);
    expect(await events(3)).toMatchObject([
      { Records: { length: 1 }, state: {}, isFinalInvokeForWindow: false, window },
      { Records: { length: 1 }, state: { sum: 1 }, isFinalInvokeForWindow: false, window },
      { Records: { length: 0 }, state: { sum: 2 }, isFinalInvokeForWindow: true, window },
    ]);
  });

  test("from one shard to the next", async () => {
    await put("a");
    cloud.clock.advance(4 * 3_600_000);
    await put("b");
    await fromHorizon();
    expect((await events(2)).map(idsIn)).toEqual([["a"], ["b"]]);
  });
});
