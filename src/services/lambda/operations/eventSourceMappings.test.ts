import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

const allow = (...actions: string[]) => allowHello(cloud, ...actions);
/** What SAM's SQSPollerPolicy allows. */
const POLLER = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
const STREAM = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"];

const map = (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  cloud.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "hello", EventSourceArn: QUEUE, ...more }));
const createQueue = (QueueName = "jobs") => sqs.send(new CreateQueueCommand({ QueueName }));
const createTable = async () => {
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      ...tableOf("facts", { id: "S" }),
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    }),
  );
  return TableDescription?.LatestStreamArn ?? "";
};
describe("shape", () => {
  test("a mapping that is made without being enabled is disabled from the first", async () => {
    await allow(...POLLER);
    await createQueue();
    await createHello(cloud.lambda);
    expect(await map({ Enabled: false })).toMatchObject({ State: "Disabled" });
  });

  test("a queue's mapping, from its making to its end", async () => {
    await allow(...POLLER);
    await createQueue();
    await createHello(cloud.lambda);
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
    await createHello(cloud.lambda);
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
    await createHello(cloud.lambda);
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
    await createHello(cloud.lambda);
    const EventSourceArn = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";
    expect(await refusal(map({ EventSourceArn }))).toMatch(/NotImplemented: .*event source mappings of Kinesis/);
    expect(await refusal(map({ EventSourceArn: "arn:aws:s3:::bucket" }))).toMatch(/Unrecognized event source/);
  });

  test("starting positions", async () => {
    await allow(...STREAM);
    const EventSourceArn = await createTable();
    await createHello(cloud.lambda);
    expect(await refusal(map({ EventSourceArn }))).toMatch(/startingPosition/);
    expect(await refusal(map({ EventSourceArn, StartingPosition: "AT_TIMESTAMP" }))).toMatch(/Unsupported starting/);
  });
});
