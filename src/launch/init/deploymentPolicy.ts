import type { Project } from "./project.ts";

/** The actions that a deployment needs for the resources of a CloudFormation service, where the prefix is not its own name. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  ApiGateway: ["apigateway:*"],
  ApiGatewayV2: ["apigateway:*"],
  CloudWatch: ["cloudwatch:*"],
  CodeDeploy: ["codedeploy:*"],
  Cognito: ["cognito-idp:*", "cognito-identity:*"],
  Events: ["events:*"],
  IAM: [],
  KinesisFirehose: ["firehose:*"],
  StepFunctions: ["states:*"],
};

/** What the types of SAM become. */
const SAM: Readonly<Record<string, readonly string[]>> = {
  "AWS::Serverless::Function": ["Lambda", "Logs"],
  "AWS::Serverless::Event::Api": ["ApiGateway"],
  "AWS::Serverless::Event::CloudWatchEvent": ["Events"],
  "AWS::Serverless::Event::CloudWatchLogs": ["Logs"],
  "AWS::Serverless::Event::DynamoDB": ["DynamoDB"],
  "AWS::Serverless::Event::EventBridgeRule": ["Events"],
  "AWS::Serverless::Event::HttpApi": ["ApiGateway"],
  "AWS::Serverless::Event::Kinesis": ["Kinesis"],
  "AWS::Serverless::Event::S3": ["S3"],
  "AWS::Serverless::Event::SNS": ["SNS"],
  "AWS::Serverless::Event::SQS": ["SQS"],
  "AWS::Serverless::Event::Schedule": ["Events"],
  "AWS::Serverless::Event::ScheduleV2": ["Scheduler"],
  "AWS::Serverless::HttpApi": ["ApiGateway", "Lambda"],
  "AWS::Serverless::Api": ["ApiGateway", "Lambda"],
  "AWS::Serverless::WebSocketApi": ["ApiGateway", "Lambda"],
  "AWS::Serverless::SimpleTable": ["DynamoDB"],
  "AWS::Serverless::StateMachine": ["StepFunctions", "Events", "Logs", "Scheduler"],
  "AWS::Serverless::LayerVersion": ["Lambda"],
  "AWS::Serverless::Application": ["CloudFormation"],
  "AWS::Serverless::GraphQLApi": ["AppSync"],
};

/** What is read while a deployment resolves references and parameters. */
const READS: Readonly<Record<string, readonly string[]>> = {
  secretsmanager: ["secretsmanager:GetSecretValue"],
  ssm: ["ssm:GetParameter", "ssm:GetParameters"],
};

/** What a stack's role needs to make an application. */
export interface DeploymentNeeds {
  /** Of the services behind its resources, sorted; roles and policies are apart. */
  readonly actions: readonly string[];
  /** Whether managed policies are among them: a connector becomes one. */
  readonly managedPolicies: boolean;
}

export const deploymentNeeds = ({ types, reads }: Pick<Project, "types" | "reads">): DeploymentNeeds => {
  const known = types.filter((type) => type.startsWith("AWS::"));
  const services = known.flatMap((type) => SAM[type] ?? [type.split("::")[1] ?? ""]);
  const actions = services.flatMap((service) => ACTIONS[service] ?? [`${service.toLowerCase()}:*`]);
  const all = new Set([...actions, ...reads.flatMap((service) => READS[service] ?? [])]);
  return {
    actions: [...all].filter((action) => action !== "serverless:*" && !isWithin(action, all)).sort(),
    managedPolicies: types.some((type) => MANAGED_POLICIES.has(type)),
  };
};

const MANAGED_POLICIES = new Set(["AWS::IAM::ManagedPolicy", "AWS::Serverless::Connector"]);

/** `ssm:GetParameter` where `ssm:*` is there. */
const isWithin = (action: string, all: ReadonlySet<string>): boolean =>
  !action.endsWith(":*") && all.has(`${action.split(":")[0]}:*`);
