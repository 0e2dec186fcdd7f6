import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SendTaskFailureCommand, SendTaskSuccessCommand } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { zipped } from "../../lambda/testLambda.ts";
import { statesCloud } from "../testStates.ts";

const ROLE = "arn:aws:iam::123456789012:role/worker";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:double";

type Made = Awaited<ReturnType<typeof statesCloud>>;

const task = (Resource: string, more: object = {}) => ({
  StartAt: "T",
  States: { T: { Type: "Task", Resource, End: true, ...more } },
});

const createFunction = async ({ cloud }: Made) => {
  await serviceRole(cloud.client(IAMClient), "worker", "lambda", "logs:*");
  const code = `export const handler = async (event) => {
    if (event.fail) { const error = new Error("no " + event.fail); error.name = "Refused"; throw error; }
    return { doubled: event.n * 2 };
  }`;
  const lambda = cloud.client(LambdaClient as never) as LambdaClient;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "double",
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Role: ROLE,
      Code: { ZipFile: await zipped({ "index.mjs": code }) },
    }),
  );
};

test("functions are called by their ARN, and through lambda:invoke", async () => {
  await using made = await statesCloud();
  await createFunction(made);
  const byArn = await made.run(task(FUNCTION), { n: 4 });
  expect([byArn.status, byArn.output]).toEqual(["SUCCEEDED", { doubled: 8 }]);
  const invoke = task("arn:aws:states:::lambda:invoke", {
    Parameters: { FunctionName: "double", "Payload.$": "$" },
    ResultSelector: { "n.$": "$.Payload.doubled", "status.$": "$.StatusCode" },
  });
  const invoked = await made.run(invoke, { n: 5 });
  expect([invoked.status, invoked.output]).toEqual(["SUCCEEDED", { n: 10, status: 200 }]);
});

test("a function's error is the task's, by its name", async () => {
  await using made = await statesCloud();
  await createFunction(made);
  const definition = {
    StartAt: "T",
    States: {
      T: {
        Type: "Task",
        Resource: FUNCTION,
        Catch: [{ ErrorEquals: ["Refused"], ResultPath: "$.error", Next: "Told" }],
        End: true,
      },
      Told: { Type: "Pass", End: true },
    },
  };
  const { status, output } = await made.run(definition, { fail: "way" });
  expect(status).toBe("SUCCEEDED");
  expect(output).toMatchObject({ error: { Error: "Refused", Cause: expect.stringContaining("no way") } });
});

test("a token is waited for, and decides", async () => {
  await using made = await statesCloud();
  const sqs = made.cloud.client(SQSClient as never) as SQSClient;
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "work" }));
  const definition = task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", {
    Parameters: { QueueUrl, MessageBody: { "token.$": "$$.Task.Token" } },
  });
  const token = async () => {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    return String(JSON.parse(Messages?.[0]?.Body ?? "{}").token);
  };
  const good = await made.start(definition);
  await made.client.send(new SendTaskSuccessCommand({ taskToken: await token(), output: '{"ok":true}' }));
  await made.cloud.tasks.idle();
  expect(await made.describe(good)).toMatchObject({ status: "SUCCEEDED", output: '{"ok":true}' });
  const bad = await made.start(definition);
  await made.client.send(new SendTaskFailureCommand({ taskToken: await token(), error: "Nope", cause: "because" }));
  await made.cloud.tasks.idle();
  expect(await made.describe(bad)).toMatchObject({ status: "FAILED", error: "Nope", cause: "because" });
});

test("items are written and read", async () => {
  await using made = await statesCloud();
  const dynamodb = made.cloud.client(DynamoDBClient as never) as DynamoDBClient;
  await dynamodb.send(new CreateTableCommand(tableOf("items", { id: "S" })));
  const definition = {
    StartAt: "Put",
    States: {
      Put: {
        Type: "Task",
        Resource: "arn:aws:states:::dynamodb:putItem",
        Parameters: { TableName: "items", Item: { id: { "S.$": "$.id" }, n: { N: "7" } } },
        ResultPath: null,
        Next: "Get",
      },
      Get: {
        Type: "Task",
        Resource: "arn:aws:states:::dynamodb:getItem",
        Parameters: { TableName: "items", Key: { id: { "S.$": "$.id" } } },
        OutputPath: "$.Item",
        End: true,
      },
    },
  };
  const { status, output } = await made.run(definition, { id: "a" });
  expect([status, output]).toEqual(["SUCCEEDED", { id: { S: "a" }, n: { N: "7" } }]);
});
