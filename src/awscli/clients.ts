import { modelOf, type ServiceModel } from "../wire/model.ts";
import type { Globals } from "./globals.ts";
import { CliError, EXIT, type Io } from "./io.ts";

/** A service's SDK, loaded. */
export interface Sdk {
  readonly model: ServiceModel;
  /** Calls one operation. */
  send(operation: string, input: object): Promise<Record<string, unknown>>;
  /** An export of the SDK's module, such as a paginator. */
  member(name: string): unknown;
  readonly memberNames: readonly string[];
  readonly client: SdkClient;
}

export interface SdkClient {
  send(command: object): Promise<unknown>;
  destroy(): void;
}

/** Whether there is a client for a command of the AWS CLI. */
export const isService = (name: string): boolean => Object.hasOwn(LOADERS, name);

/** Loads a service's client, which is most of what a command costs; nothing else of the SDK is read. */
export const loadSdk = async (
  name: string,
  globals: Pick<Globals, "region" | "endpointUrl" | "profile">,
  io: Pick<Io, "clientConfig">,
): Promise<Sdk> => {
  const module: Record<string, unknown> = { ...(await LOADERS[name]?.()) };
  if (!globals.region)
    throw new CliError(
      '\nYou must specify a region. You can also configure your region by running "aws configure".',
      EXIT.configuration,
    );
  const client = new (clientOf(module))({
    region: globals.region,
    ...(globals.endpointUrl ? { endpoint: globals.endpointUrl } : {}),
    ...(globals.profile ? { profile: globals.profile } : {}),
    ...io.clientConfig,
  });
  return {
    model: modelOf(module),
    client,
    member: (member) => module[member],
    memberNames: Object.keys(module),
    send: async (operation, input) => {
      const Command = module[`${operation}Command`];
      if (!isConstructor(Command)) throw new CliError(`there is no operation ${operation}`);
      const output = await client.send(new Command(input));
      return isRecord(output) ? output : {};
    },
  };
};

type Loader = () => Promise<object>;

/** By the names of the AWS CLI's commands. */
const LOADERS: Readonly<Record<string, Loader>> = {
  apigateway: () => import("@aws-sdk/client-api-gateway"),
  apigatewaymanagementapi: () => import("@aws-sdk/client-apigatewaymanagementapi"),
  apigatewayv2: () => import("@aws-sdk/client-apigatewayv2"),
  cloudformation: () => import("@aws-sdk/client-cloudformation"),
  cloudwatch: () => import("@aws-sdk/client-cloudwatch"),
  codebuild: () => import("@aws-sdk/client-codebuild"),
  codecommit: () => import("@aws-sdk/client-codecommit"),
  codepipeline: () => import("@aws-sdk/client-codepipeline"),
  "codestar-connections": () => import("@aws-sdk/client-codestar-connections"),
  deploy: () => import("@aws-sdk/client-codedeploy"),
  dynamodb: () => import("@aws-sdk/client-dynamodb"),
  dynamodbstreams: () => import("@aws-sdk/client-dynamodb-streams"),
  ecr: () => import("@aws-sdk/client-ecr"),
  events: () => import("@aws-sdk/client-eventbridge"),
  iam: () => import("@aws-sdk/client-iam"),
  kms: () => import("@aws-sdk/client-kms"),
  lambda: () => import("@aws-sdk/client-lambda"),
  logs: () => import("@aws-sdk/client-cloudwatch-logs"),
  pipes: () => import("@aws-sdk/client-pipes"),
  resourcegroupstaggingapi: () => import("@aws-sdk/client-resource-groups-tagging-api"),
  s3api: () => import("@aws-sdk/client-s3"),
  scheduler: () => import("@aws-sdk/client-scheduler"),
  secretsmanager: () => import("@aws-sdk/client-secrets-manager"),
  sns: () => import("@aws-sdk/client-sns"),
  sqs: () => import("@aws-sdk/client-sqs"),
  ssm: () => import("@aws-sdk/client-ssm"),
  stepfunctions: () => import("@aws-sdk/client-sfn"),
  sts: () => import("@aws-sdk/client-sts"),
  xray: () => import("@aws-sdk/client-xray"),
};

type ClientClass = new (config: object) => SdkClient;

/** Each module has one class whose name ends so, besides the one they all share. */
const clientOf = (module: Readonly<Record<string, unknown>>): ClientClass => {
  const name = Object.keys(module).find((key) => /^[A-Z]\w*Client$/.test(key));
  const Client = name === undefined ? undefined : module[name];
  if (!isClient(Client)) throw new CliError("the client of this service cannot be loaded");
  return Client;
};

const isClient = (value: unknown): value is ClientClass => typeof value === "function";
const isConstructor = (value: unknown): value is new (input: object) => object => typeof value === "function";
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
