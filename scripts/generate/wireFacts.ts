import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Writes src/wire/facts.generated.json: per SDK client, what is needed to recognise its requests before the client is
 * loaded. Everything is read off the client's own configuration.
 */
const CLIENTS: Readonly<Record<string, string>> = {
  apigateway: "api-gateway",
  apigatewayv2: "apigatewayv2",
  cloudformation: "cloudformation",
  cloudwatch: "cloudwatch",
  codebuild: "codebuild",
  codecommit: "codecommit",
  codedeploy: "codedeploy",
  codepipeline: "codepipeline",
  "codestar-connections": "codestar-connections",
  dynamodb: "dynamodb",
  dynamodbstreams: "dynamodb-streams",
  ecr: "ecr",
  events: "eventbridge",
  "execute-api": "apigatewaymanagementapi",
  iam: "iam",
  kms: "kms",
  lambda: "lambda",
  logs: "cloudwatch-logs",
  pipes: "pipes",
  s3: "s3",
  scheduler: "scheduler",
  secretsmanager: "secrets-manager",
  sns: "sns",
  sqs: "sqs",
  ssm: "ssm",
  states: "sfn",
  sts: "sts",
  xray: "xray",
};

const PROTOCOLS: Readonly<Record<string, string>> = {
  AwsJson1_0Protocol: "awsJson1_0",
  AwsJson1_1Protocol: "awsJson1_1",
  AwsQueryProtocol: "awsQuery",
  AwsRestJsonProtocol: "restJson",
  S3RestXmlProtocol: "restXml",
  AwsRestXmlProtocol: "restXml",
};

interface ClientConfig {
  readonly protocol: { readonly constructor: { readonly name: string } };
  readonly protocolSettings: {
    readonly serviceTarget: string;
    readonly xmlNamespace: string;
    readonly version: string;
  };
  readonly defaultSigningName: string;
  readonly serviceId: string;
}

const require = createRequire(import.meta.url);

const factsOf = (client: string) => {
  const sdk: Record<string, new (options: object) => { config: ClientConfig }> = require(`@aws-sdk/client-${client}`);
  const name = Object.keys(sdk).find((key) => key.endsWith("Client") && !key.startsWith("_")) ?? "";
  const Client = sdk[name];
  if (!Client) throw new Error(`@aws-sdk/client-${client} exports no client`);
  const { config } = new Client({ region: "us-east-1" });
  const protocol = PROTOCOLS[config.protocol.constructor.name];
  if (!protocol) throw new Error(`${client} speaks ${config.protocol.constructor.name}, which src/wire does not know`);
  const { serviceTarget, xmlNamespace, version } = config.protocolSettings;
  return {
    serviceId: config.serviceId,
    signingName: config.defaultSigningName,
    protocol,
    apiVersion: version,
    ...(protocol.startsWith("awsJson") ? { targetPrefix: serviceTarget } : {}),
    ...(xmlNamespace ? { xmlNamespace } : {}),
  };
};

const facts = Object.fromEntries(Object.entries(CLIENTS).map(([service, client]) => [service, factsOf(client)]));
writeFileSync("src/wire/facts.generated.json", `${JSON.stringify(facts, null, 2)}\n`);
