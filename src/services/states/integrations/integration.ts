import { textOf } from "../../../engines/states/values.ts";
import { callByName } from "../../../kernel/callByName.ts";
import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { own } from "../../../kernel/own.ts";
import { invokeApi } from "./apiGateway.ts";
import { argumentsFor, resultOf } from "./casing.ts";
import { invokeEndpoint } from "./httpEndpoint.ts";
import { lambdaInvoke } from "./lambda.ts";
import type { Integration, Pattern, Refusing, TaskPlace } from "./model.ts";
import { putEvents } from "./putEvents.ts";
import { readBodies } from "./readBodies.ts";
import { waitForBuild, waitForExecution } from "./sync.ts";

interface Optimized extends Refusing {
  readonly patterns: readonly Pattern[];
  readonly call: (ctx: Context, args: JsonObject, place: TaskPlace) => Promise<JsonValue>;
  readonly wait?: (pattern: Pattern) => Integration["wait"];
}

/** A service's operation by its SDK name, with members that may be given as JSON where the API takes text. */
const plainly =
  (service: string, action: string, texts: readonly string[] = []) =>
  async (ctx: Context, args: JsonObject): Promise<JsonValue> => {
    const given = Object.entries(args).map(([name, value]): [string, JsonValue] => [
      name,
      texts.includes(name) && typeof value !== "string" ? JSON.stringify(value) : value,
    ]);
    return byName(ctx, service, action, Object.fromEntries(given), "seconds");
  };

const byName = async (ctx: Context, service: string, action: string, args: JsonValue, dates: "seconds" | "text") =>
  resultOf(await readBodies(service, await callByName(ctx, service, action, argumentsFor(service, args))), dates);

/** Functions, whether asked by their ARN or by `lambda:invoke`. */
export const FUNCTIONS: Refusing = { errorPrefix: "Lambda", client: "AWSLambda" };

const dynamodb = (action: string): Optimized => ({
  errorPrefix: "DynamoDB",
  client: "AmazonDynamoDBv2",
  patterns: [],
  call: plainly("dynamodb", action),
});

/** https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
const OPTIMIZED: Readonly<Record<string, Optimized>> = {
  "lambda:invoke": { ...FUNCTIONS, patterns: ["waitForTaskToken"], call: lambdaInvoke },
  "sqs:sendMessage": {
    errorPrefix: "SQS",
    client: "AmazonSQS",
    patterns: ["waitForTaskToken"],
    call: plainly("sqs", "sendMessage", ["MessageBody"]),
  },
  "sns:publish": {
    errorPrefix: "SNS",
    client: "AmazonSNS",
    patterns: ["waitForTaskToken"],
    call: plainly("sns", "publish", ["Message"]),
  },
  "dynamodb:getItem": dynamodb("getItem"),
  "dynamodb:putItem": dynamodb("putItem"),
  "dynamodb:updateItem": dynamodb("updateItem"),
  "dynamodb:deleteItem": dynamodb("deleteItem"),
  "events:putEvents": {
    errorPrefix: "EventBridge",
    client: "AmazonEventBridge",
    patterns: ["waitForTaskToken"],
    call: putEvents,
  },
  "apigateway:invoke": { errorPrefix: "ApiGateway", patterns: ["waitForTaskToken"], call: invokeApi },
  "http:invoke": { errorPrefix: "States.Http", patterns: [], call: invokeEndpoint },
  "states:startExecution": {
    errorPrefix: "StepFunctions",
    client: "AWSStepFunctions",
    patterns: ["sync", "sync:2", "waitForTaskToken"],
    call: plainly("sfn", "startExecution", ["Input"]),
    wait: (pattern) => waitForExecution(pattern === "sync:2"),
  },
  "codebuild:startBuild": {
    errorPrefix: "CodeBuild",
    client: "AWSCodeBuild",
    patterns: ["sync"],
    call: plainly("codebuild", "startBuild"),
    wait: () => waitForBuild,
  },
};

/** Whether a resource can run here. Throws NotImplemented, with its name, for what cannot. */
export const integrationOf = (resource: string): Integration => {
  const [, name = "", pattern] =
    /^arn:[^:]+:states:[^:]*:[^:]*:(.+?)(?:\.(sync(?::2)?|waitForTaskToken))?$/.exec(resource) ?? [];
  const known = patternOf(pattern);
  const sdk = /^aws-sdk:([a-z0-9]+):(\w+)$/.exec(name);
  if (sdk) return sdkIntegration(sdk[1] ?? "", sdk[2] ?? "", known);
  const optimized = own(OPTIMIZED, name);
  if (!optimized || (known && !optimized.patterns.includes(known)))
    throw new NotImplemented(`the Step Functions integration ${resource}`);
  return {
    pattern: known,
    errorPrefix: optimized.errorPrefix,
    client: optimized.client,
    call: (ctx, args, place) => optimized.call(ctx, isJsonObject(args) ? args : {}, place),
    wait: known && optimized.wait ? optimized.wait(known) : nothing,
  };
};

const patternOf = (text: string | undefined): Pattern | undefined =>
  text === "sync" || text === "sync:2" || text === "waitForTaskToken" ? text : undefined;

const nothing: Integration["wait"] = async (_room, _ctx, begun) => begun;

const sdkIntegration = (service: string, action: string, pattern: Pattern | undefined): Integration => {
  if (pattern === "sync" || pattern === "sync:2")
    throw new NotImplemented(`the Step Functions integration aws-sdk:${service}:${action}.${pattern}`);
  return {
    pattern,
    errorPrefix: SDK_NAMES[service] ?? `${service.charAt(0).toUpperCase()}${service.slice(1)}`,
    call: (ctx, args) => byName(ctx, service, action, args, "text"),
    wait: nothing,
  };
};

/** AWS: errors of SDK integrations begin with the name of the service's client. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  apigateway: "ApiGateway",
  apigatewayv2: "ApiGatewayV2",
  cloudformation: "CloudFormation",
  cloudwatch: "CloudWatch",
  cloudwatchlogs: "CloudWatchLogs",
  codebuild: "CodeBuild",
  codecommit: "CodeCommit",
  codedeploy: "CodeDeploy",
  codepipeline: "CodePipeline",
  dynamodb: "DynamoDb",
  dynamodbstreams: "DynamoDbStreams",
  eventbridge: "EventBridge",
  secretsmanager: "SecretsManager",
};

/** The names of the tasks' resources that a definition uses and that are not built. Throws for the first. */
export const checkIntegrations = (definition: JsonValue): void => {
  if (Array.isArray(definition)) for (const item of definition) checkIntegrations(item);
  if (!isJsonObject(definition)) return;
  checkReader(definition);
  const resource = textOf(definition, "Resource") ?? "";
  if (textOf(definition, "Type") === "Task" && /^arn:[^:]+:states:[^:]*:[^:]*:(?!activity:)/.test(resource))
    integrationOf(resource);
  for (const value of Object.values(definition)) checkIntegrations(value);
};

const READERS = /:s3:(getObject|listObjectsV2)$/;
const INPUT_TYPES = ["CSV", "JSON", "JSONL"];

const checkReader = (state: JsonObject): void => {
  const reader = state["ItemReader"];
  if (textOf(state, "Type") !== "Map" || !isJsonObject(reader)) return;
  const resource = textOf(reader, "Resource") ?? "";
  if (!READERS.test(resource)) throw new NotImplemented(`the Step Functions ItemReader ${resource}`);
  const config = reader["ReaderConfig"];
  const type = isJsonObject(config) ? textOf(config, "InputType") : undefined;
  if (type !== undefined && !INPUT_TYPES.includes(type))
    throw new NotImplemented(`the Step Functions ItemReader's InputType ${type}`);
};
