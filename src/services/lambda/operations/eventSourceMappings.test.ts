import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { refusal } from "../../../../test/refusal.ts";
import { allowHello, createHello, lambdaCloud } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;
beforeEach(async () => {
  cloud = await lambdaCloud();
  sqs = cloud.client(SQSClient as never) as SQSClient;
  dynamodb = cloud.client(DynamoDBClient as never) as DynamoDBClient;
});
afterEach(() => cloud[Symbol.asyncDispose]());

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:jobs";
const URL = "http://127.0.0.1:4566/123456789012/jobs";

const allow = (...actions: string[]) => allowHello(cloud, ...actions);
/** What SAM's SQSPollerPolicy allows. */
const POLLER = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
const STREAM = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"];

const map = (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  cloud.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "hello", EventSourceArn: QUEUE, ...more }));
const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl: URL, MessageBody }));
const createQueue = (QueueName = "jobs") => sqs.send(new CreateQueueCommand({ QueueName }));
const left = async () => {
  const AttributeNames = ["ApproximateNumberOfMessages" as const, "ApproximateNumberOfMessagesNotVisible" as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: URL, AttributeNames }));
  return [Attributes?.["ApproximateNumberOfMessages"], Attributes?.["ApproximateNumberOfMessagesNotVisible"]];
};
const createTable = async () => {
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      ...tableOf("facts", { id: "S" }),
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    }),
  );
  return TableDescription?.LatestStreamArn ?? "";
};
const put = (id: string) => dynamodb.send(new PutItemCommand({ TableName: "facts", Item: { id: { S: id } } }));

/** What the function printed, once it has printed that much. */
const printed = (count: number) =>
  vi.waitFor(
    async () => {
      const logs = cloud.client(CloudWatchLogsClient as never) as CloudWatchLogsClient;
      const input = { logGroupName: "/aws/lambda/hello", filterPattern: '"got "' };
      const { events = [] } = await logs.send(new FilterLogEventsCommand(input));
      const lines = events.map(({ message = "" }) => JSON.parse(message.slice(message.indexOf("got ") + 4)));
      expect(lines.length).toBeGreaterThanOrEqual(count);
      return lines;
    },
    { timeout: 10_000, interval: 20 },
  );
const PRINT = "export const handler = async (event) => { console.log('got', JSON.stringify(event)) }";

describe("shape", () => {
  test("a mapping that is made without being enabled is disabled from the first", async () => {
    await allow(...POLLER);
    await createQueue();
    await createHello(cloud.lambda, PRINT);
    expect(await map({ Enabled: false })).toMatchObject({ State: "Disabled" });
  });

  test("a queue's mapping, from its making to its end", async () => {
    await allow(...POLLER);
    await createQueue();
    await createHello(cloud.lambda, PRINT);
    const made = await map({ BatchSize: 5, ScalingConfig: { MaximumConcurrency: 2 } });
    expect(made).toMatchObject({
      State: "Creating",
      StateTransitionReason: "USER_INITIATED",
      BatchSize: 5,
      MaximumBatchingWindowInSeconds: 0,
      EventSourceArn: QUEUE,
      FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:hello",
      FunctionResponseTypes: [],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    const { UUID } = made;
    expect(await cloud.lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({ State: "Enabled" });
    expect(await cloud.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))).toMatchObject({
      State: "Disabling",
    });
    const listed = await cloud.lambda.send(new ListEventSourceMappingsCommand({ FunctionName: "hello" }));
    expect(listed.EventSourceMappings).toMatchObject([{ UUID, State: "Disabled", BatchSize: 5 }]);
    const deleted = await cloud.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect(deleted.State).toBe("Deleting");
    expect(await refusal(cloud.lambda.send(new GetEventSourceMappingCommand({ UUID })))).toBe(
      "ResourceNotFoundException: The resource you requested does not exist.",
    );
  });

  test("a stream's mapping has a stream's settings", async () => {
    await allow(...STREAM);
    const EventSourceArn = await createTable();
    await createHello(cloud.lambda, PRINT);
    expect(await map({ EventSourceArn, StartingPosition: "LATEST" })).toMatchObject({
      BatchSize: 100,
      StartingPosition: "LATEST",
      ParallelizationFactor: 1,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      DestinationConfig: { OnFailure: {} },
      LastProcessingResult: "No records processed",
      StateTransitionReason: "User action",
    });
  });
});

describe("refusals", () => {
  test("no function, queue or permission; a mapping that is there", async () => {
    const DestinationConfig = { OnFailure: { Destination: QUEUE } };
    expect(await refusal(map({ DestinationConfig }))).toBe(
      "InvalidParameterValueException: Unsupported DestinationConfig parameter for given event source mapping type.",
    );
    expect(await refusal(map())).toBe("InvalidParameterValueException: Function does not exist");
    await createHello(cloud.lambda, PRINT);
    expect(await refusal(map())).toMatch(/does not have permissions to call ReceiveMessage on SQS/);
    await allow(...POLLER);
    expect(await refusal(map())).toMatch(/The specified queue does not exist/);
    await createQueue();
    expect(await refusal(map({ BatchSize: 11 }))).toMatch(/Maximum batch window in seconds must be greater than 0/);
    expect(await refusal(map({ FilterCriteria: { Filters: [{ Pattern: "{" }] } }))).toMatch(
      /Invalid filter pattern definition/,
    );
    const { UUID } = await map();
    expect(await refusal(map())).toMatch(new RegExp(`ResourceConflictException: .* with UUID ${UUID}`));
    await cloud.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect((await map({ FunctionName: "hello:$LATEST" })).FunctionArn).toMatch(/:function:hello:\$LATEST$/);
  });

  test("sources that are not built, or not known", async () => {
    await createHello(cloud.lambda, PRINT);
    const EventSourceArn = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";
    expect(await refusal(map({ EventSourceArn }))).toMatch(/NotImplemented: .*event source mappings of Kinesis/);
    expect(await refusal(map({ EventSourceArn: "arn:aws:s3:::bucket" }))).toMatch(/Unrecognized event source/);
  });

  test("starting positions", async () => {
    await allow(...STREAM);
    const EventSourceArn = await createTable();
    await createHello(cloud.lambda, PRINT);
    expect(await refusal(map({ EventSourceArn }))).toMatch(/startingPosition/);
    expect(await refusal(map({ EventSourceArn, StartingPosition: "AT_TIMESTAMP" }))).toMatch(/Unsupported starting/);
  });
});

describe("queues", () => {
  beforeEach(async () => {
    await allow(...POLLER);
    await createQueue();
  });

  test("a message is passed on and removed", async () => {
    await createHello(cloud.lambda, PRINT);
    await map();
    await send('{"a":1}');
    const [{ Records }] = await printed(1);
    expect(Records).toMatchObject([
      {
        body: '{"a":1}',
        eventSource: "aws:sqs",
        eventSourceARN: QUEUE,
        awsRegion: "us-east-1",
        attributes: { ApproximateReceiveCount: "1" },
        messageAttributes: {},
      },
    ]);
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "0"]));
  });

  test("what a function says it could not handle stays; so does all when it fails", async () => {
    await createHello(
      cloud.lambda,
      `export const handler = async ({ Records }) => { console.log('got', JSON.stringify(Records.length));
        if (Records.some(({ body }) => body === 'crash')) throw new Error('no');
        return { batchItemFailures: Records.filter(({ body }) => body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) } }`,
    );
    await send("good");
    await send("bad");
    await map({ FunctionResponseTypes: ["ReportBatchItemFailures"] });
    await printed(1);
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "1"]));
    await send("crash");
    await printed(2);
    await cloud.tasks.idle();
    expect(await left()).toEqual(["0", "2"]);
    // They come again when their time out of sight is over.
    cloud.clock.advance(31_000);
    await printed(3);
  });

  test("a function that cannot be run here leaves its messages in the queue", async () => {
    await createHello(cloud.lambda, PRINT, { Runtime: "java21" });
    await send("waiting");
    await map();
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "1"]));
    await cloud.tasks.idle();
    cloud.clock.advance(31_000);
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "1"]));
  });

  test("messages that no filter lets pass are removed", async () => {
    await createHello(cloud.lambda, PRINT);
    await map({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["wanted"]}}' }] } });
    await send('{"kind":"other"}');
    await send("plain");
    await send('{"kind":"wanted"}');
    const [{ Records }] = await printed(1);
    expect(Records).toMatchObject([{ body: '{"kind":"wanted"}' }]);
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "0"]));
  });

  test("a window gathers messages until it closes", async () => {
    await createHello(cloud.lambda, PRINT);
    await map({ BatchSize: 50, MaximumBatchingWindowInSeconds: 10 });
    await send("one");
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "1"]));
    await send("two");
    await vi.waitFor(async () => expect(await left()).toEqual(["0", "2"]));
    cloud.clock.advance(10_000);
    const [{ Records }] = await printed(1);
    expect(Records.map(({ body }: { body: string }) => body)).toEqual(["one", "two"]);
  });

  test("a mapping that is off, or gone, takes nothing", async () => {
    await createHello(cloud.lambda, PRINT);
    const { UUID } = await map();
    await cloud.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    await send("later");
    await cloud.tasks.idle();
    expect(await left()).toEqual(["1", "0"]);
    await cloud.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await printed(1);
  });
});

describe("streams", () => {
  let EventSourceArn: string;
  beforeEach(async () => {
    await allow(...STREAM, "sqs:SendMessage");
    EventSourceArn = await createTable();
    await createQueue();
  });

  test("from one shard to the next", async () => {
    await put("a");
    cloud.clock.advance(4 * 3_600_000);
    await put("b");
    await createHello(cloud.lambda, PRINT);
    await map({ EventSourceArn, StartingPosition: "TRIM_HORIZON" });
    const events = await printed(2);
    expect(events.flatMap(({ Records }) => Records)).toMatchObject([
      { dynamodb: { Keys: { id: { S: "a" } } } },
      { dynamodb: { Keys: { id: { S: "b" } } } },
    ]);
  });

  test("from the horizon, in order; from the latest, what comes then", async () => {
    await put("a");
    await put("b");
    await createHello(cloud.lambda, PRINT);
    const { UUID } = await map({ EventSourceArn, StartingPosition: "TRIM_HORIZON" });
    const [{ Records }] = await printed(1);
    expect(Records).toMatchObject([
      {
        eventName: "INSERT",
        eventSource: "aws:dynamodb",
        eventSourceARN: EventSourceArn,
        dynamodb: {
          Keys: { id: { S: "a" } },
          NewImage: { id: { S: "a" } },
          ApproximateCreationDateTime: cloud.clock.now() / 1000,
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
    await cloud.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    await map({ EventSourceArn, StartingPosition: "LATEST" });
    await put("c");
    const [, { Records: later }] = await printed(2);
    expect(later).toMatchObject([{ dynamodb: { Keys: { id: { S: "c" } } } }]);
  });

  test("a bad record is halved out of its batch, given up and told of", async () => {
    for (const id of ["a", "b", "bad", "d"]) await put(id);
    await createHello(
      cloud.lambda,
      `export const handler = async ({ Records }) => { const ids = Records.map((r) => r.dynamodb.Keys.id.S);
        console.log('got', JSON.stringify(ids)); if (ids.includes('bad')) throw new Error('no') }`,
    );
    await map({
      EventSourceArn,
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });
    expect(await printed(5)).toEqual([["a", "b", "bad", "d"], ["a", "b"], ["bad", "d"], ["bad"], ["d"]]);
    const told = await vi.waitFor(async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: URL }));
      expect(Messages).toHaveLength(1);
      return JSON.parse(Messages[0]?.Body ?? "");
    });
    expect(told).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: EventSourceArn },
    });
  });

  test("a batch goes on from the first record a function could not handle", async () => {
    for (const id of ["a", "b", "c"]) await put(id);
    await createHello(
      cloud.lambda,
      `let tried = 0; export const handler = async ({ Records }) => { console.log('got', JSON.stringify(Records.map((r) => r.dynamodb.Keys.id.S)));
        return { batchItemFailures: tried++ ? [] : [{ itemIdentifier: Records[1].dynamodb.SequenceNumber }] } }`,
    );
    await map({
      EventSourceArn,
      StartingPosition: "TRIM_HORIZON",
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
    expect(await printed(2)).toEqual([
      ["a", "b", "c"],
      ["b", "c"],
    ]);
  });

  test("lanes share the records by key", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `key${index}`);
    for (const id of ids) await put(id);
    await createHello(
      cloud.lambda,
      "export const handler = async ({ Records }) => { console.log('got', JSON.stringify(Records.map((r) => r.dynamodb.Keys.id.S))) }",
    );
    await map({ EventSourceArn, StartingPosition: "TRIM_HORIZON", ParallelizationFactor: 2 });
    const batches = await printed(2);
    expect(batches.flat().sort()).toEqual([...ids].sort());
  });

  test("a tumbling window carries a state to its last call", async () => {
    await put("a");
    await createHello(
      cloud.lambda,
      `export const handler = async ({ Records, state, isFinalInvokeForWindow, window }) => {
        console.log('got', JSON.stringify({ n: Records.length, state, isFinalInvokeForWindow, window }));
        return { state: { sum: (state.sum ?? 0) + Records.length } } }`,
    );
    await map({ EventSourceArn, StartingPosition: "TRIM_HORIZON", TumblingWindowInSeconds: 60 });
    const window = { start: "2026-01-01T00:00:00Z", end: "2026-01-01T00:01:00Z" };
    expect(await printed(1)).toEqual([{ n: 1, state: {}, isFinalInvokeForWindow: false, window }]);
    await put("b");
    await printed(2);
    cloud.clock.advance(60_000);
    expect((await printed(3)).slice(1)).toEqual([
      { n: 1, state: { sum: 1 }, isFinalInvokeForWindow: false, window },
      { n: 0, state: { sum: 2 }, isFinalInvokeForWindow: true, window },
    ]);
  });
});
