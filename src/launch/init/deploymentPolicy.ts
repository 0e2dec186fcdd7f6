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

/** The actions, sorted, that a stack's role needs to make resources of these types; roles and policies are apart. */
export const deploymentActions = (types: readonly string[]): readonly string[] => {
  const known = types.filter((type) => type.startsWith("AWS::"));
  const services = known.flatMap((type) => SAM[type] ?? [type.split("::")[1] ?? ""]);
  const actions = services.flatMap((service) => ACTIONS[service] ?? [`${service.toLowerCase()}:*`]);
  return [...new Set(actions)].filter((action) => action !== "serverless:*").sort();
};
