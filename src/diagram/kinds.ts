/** The three parts of a solution, as its figures group them. */
export type Group = "user" | "application" | "delivery";

/** How a resource type is drawn. */
export interface Kind {
  readonly group: Group;
  /** What people call it. */
  readonly name: string;
  readonly colour: string;
  /** Paths of its picture, in a square of 24. */
  readonly glyph: string;
}

const COMPUTE = "#c2570c";
const DATA = "#3b5bdb";
const STORAGE = "#3f7d20";
const MESSAGES = "#b0125b";
const NETWORK = "#6d28d9";
const BUILDERS = "#1f4e9c";
const SECURITY = "#b91c1c";

const GLYPHS = {
  function: "M6 19 12 6M12 6l6 13M9 6h3",
  table: "M5 6h14v12H5zM5 10h14M5 14h14M10 10v8",
  bucket: "M5 7h14l-2 12H7zM5 7c0-2 14-2 14 0",
  api: "M8 7l-4 5 4 5M16 7l4 5-4 5M13 6l-2 12",
  queue: "M4 8h4v8H4zM10 8h4v8h-4zM16 8h4v8h-4z",
  topic: "M4 12h5l8-5v10l-8-5M19 9v6",
  bus: "M4 8h16M4 12h16M4 16h16M8 5v14M16 5v14",
  machine: "M9 4h6v4H9zM4 16h6v4H4zM14 16h6v4h-6zM12 8v4M7 16v-4h10v4",
  key: "M8 12a3 3 0 1 0-.1 0M11 12h9v3M17 12v3",
  pipeline: "M3 9h5v6H3zM10 9h5v6h-5zM17 9h4v6h-4zM8 12h2M15 12h2",
  build: "M5 19l7-7M11 8a4 4 0 0 1 6-3l-3 3 2 2 3-3a4 4 0 0 1-5 5",
  rollout: "M4 18a8 8 0 0 1 16 0M12 18l4-6",
  repository: "M7 5v14M7 8a4 4 0 0 0 4 4h2a4 4 0 0 1 4 4v3M7 5h.1M7 19h.1M17 19h.1",
  user: "M12 11a4 4 0 1 0-.1 0M5 20c0-8 14-8 14 0",
  world: "M12 4a8 8 0 1 0 .1 0M4 12h16M12 4c-5 5-5 11 0 16M12 4c5 5 5 11 0 16",
  alarm: "M6 16V11a6 6 0 0 1 12 0v5M4 16h16M10 19h4",
  other: "M6 6h12v12H6z",
} as const;

const kind = (group: Group, name: string, colour: string, glyph: keyof typeof GLYPHS): Kind => ({
  group,
  name,
  colour,
  glyph: GLYPHS[glyph],
});

const KINDS: Readonly<Record<string, Kind>> = {
  "AWS::ApiGatewayV2::Api": kind("user", "API", NETWORK, "api"),
  "AWS::ApiGateway::RestApi": kind("user", "REST API", NETWORK, "api"),
  "AWS::CloudFront::Distribution": kind("user", "Distribution", NETWORK, "world"),
  "AWS::Cognito::UserPool": kind("user", "User pool", SECURITY, "user"),
  "AWS::Lambda::Url": kind("user", "Function URL", NETWORK, "world"),
  "AWS::Lambda::Function": kind("application", "Function", COMPUTE, "function"),
  "AWS::Lambda::LayerVersion": kind("application", "Layer", COMPUTE, "other"),
  "AWS::StepFunctions::StateMachine": kind("application", "State machine", MESSAGES, "machine"),
  "AWS::DynamoDB::Table": kind("application", "Table", DATA, "table"),
  "AWS::DynamoDB::GlobalTable": kind("application", "Table", DATA, "table"),
  "AWS::S3::Bucket": kind("application", "Bucket", STORAGE, "bucket"),
  "AWS::SQS::Queue": kind("application", "Queue", MESSAGES, "queue"),
  "AWS::SNS::Topic": kind("application", "Topic", MESSAGES, "topic"),
  "AWS::Events::Rule": kind("application", "Rule", MESSAGES, "bus"),
  "AWS::Events::EventBus": kind("application", "Event bus", MESSAGES, "bus"),
  "AWS::Pipes::Pipe": kind("application", "Pipe", MESSAGES, "bus"),
  "AWS::Scheduler::Schedule": kind("application", "Schedule", MESSAGES, "alarm"),
  "AWS::SecretsManager::Secret": kind("application", "Secret", SECURITY, "key"),
  "AWS::SSM::Parameter": kind("application", "Parameter", SECURITY, "key"),
  "AWS::KMS::Key": kind("application", "Key", SECURITY, "key"),
  "AWS::CloudWatch::Alarm": kind("application", "Alarm", MESSAGES, "alarm"),
  "AWS::CodePipeline::Pipeline": kind("delivery", "Pipeline", BUILDERS, "pipeline"),
  "AWS::CodeBuild::Project": kind("delivery", "Build project", BUILDERS, "build"),
  "AWS::CodeDeploy::Application": kind("delivery", "Rollouts", BUILDERS, "rollout"),
  "AWS::CodeStar::GitHubRepository": kind("delivery", "Repository", BUILDERS, "repository"),
  "AWS::CodeCommit::Repository": kind("delivery", "Repository", BUILDERS, "repository"),
  "AWS::CodeStarConnections::Connection": kind("delivery", "Connection", BUILDERS, "repository"),
  "AWS::ECR::Repository": kind("delivery", "Image repository", BUILDERS, "other"),
};

/** Actors, who are in no template. */
export const USER: Kind = kind("user", "in the browser", "#475569", "user");
export const BUILDER: Kind = kind("delivery", "pushes commits", "#475569", "user");

/** What only joins others or sets them up: it becomes an arrow, or part of what it belongs to. */
const GLUE =
  /^AWS::(IAM::|Logs::|Lambda::(Permission|Version|Alias|EventSourceMapping|EventInvokeConfig|LayerVersionPermission)|ApiGatewayV2::(?!Api$)|ApiGateway::(?!RestApi$)|S3::BucketPolicy|SNS::(Subscription|TopicPolicy)|SQS::QueuePolicy|CodePipeline::(Webhook|CustomActionType)|CodeDeploy::(DeploymentGroup|DeploymentConfig)|CloudFormation::|CDK::|SecretsManager::(?!Secret$)|Events::(?!Rule$|EventBus$)|CodeBuild::(?!Project$)|CodeStarNotifications::|KMS::Alias)|^Custom::/;

export const isGlue = (type: string): boolean => GLUE.test(type);

/** How a type is drawn; a type without a picture of its own goes by its last word. */
export const kindOf = (type: string): Kind =>
  KINDS[type] ?? kind("application", type.split("::").at(-1) ?? type, "#475569", "other");
