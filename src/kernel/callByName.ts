import type { ServiceName } from "./aws.ts";
import type { Context } from "./context.ts";
import { NotImplemented } from "./errors.ts";
import { isJsonObject, type JsonValue } from "./json.ts";
import { own } from "./own.ts";

/** Services by their name in `arn:aws:scheduler:::aws-sdk:SERVICE:action` and `arn:aws:states:::aws-sdk:SERVICE:action`. */
const SERVICES: Readonly<Record<string, ServiceName>> = {
  apigateway: "apigateway",
  apigatewayv2: "apigatewayv2",
  cloudformation: "cloudformation",
  cloudwatch: "cloudwatch",
  cloudwatchlogs: "logs",
  codebuild: "codebuild",
  codecommit: "codecommit",
  codeconnections: "codeconnections",
  codedeploy: "codedeploy",
  codepipeline: "codepipeline",
  codestarconnections: "codestar-connections",
  dynamodb: "dynamodb",
  dynamodbstreams: "dynamodbstreams",
  ecr: "ecr",
  eventbridge: "events",
  iam: "iam",
  kms: "kms",
  lambda: "lambda",
  pipes: "pipes",
  s3: "s3",
  scheduler: "scheduler",
  secretsmanager: "secretsmanager",
  sfn: "states",
  sns: "sns",
  sqs: "sqs",
  ssm: "ssm",
  sts: "sts",
  xray: "xray",
};

/** Members that are bytes in the API and text in the JSON of a schedule or a state machine. */
const BYTES = ["Body", "CiphertextBlob", "Payload", "Plaintext", "SecretBinary"];

/** Calls an operation that only data names, as the SDK's own `sqs` and `sendMessage`. */
export const callByName = (ctx: Context, service: string, action: string, input: JsonValue): Promise<unknown> => {
  const known = own(SERVICES, service);
  if (known === undefined) throw new NotImplemented(`the service ${service}`);
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  return call(ctx)(known, operation, withBytes(input));
};

type UntypedCall = (service: ServiceName, operation: string, input: unknown) => Promise<unknown>;

/** The one place where a call's types are set aside: its names are data, and dispatch checks them and the input. */
const call = (ctx: Context): UntypedCall => ctx.call as unknown as UntypedCall;

const withBytes = (input: JsonValue): unknown => {
  if (!isJsonObject(input)) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      BYTES.includes(name) ? Buffer.from(typeof value === "string" ? value : JSON.stringify(value)) : value,
    ]),
  );
};
