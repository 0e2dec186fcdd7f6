import type { ActionTypeRecord, Bounds } from "../records.ts";

/** What AWS asks of an action of one type. */
export interface ActionTypeRule {
  readonly category: string;
  readonly owner: string;
  readonly provider: string;
  readonly inputs: Bounds;
  readonly outputs: Bounds;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** For pipelines of type V2 only. */
  readonly v2?: boolean;
}

const none: Bounds = { min: 0, max: 0 };
const one: Bounds = { min: 1, max: 1 };
const upTo = (max: number, min = 0): Bounds => ({ min, max });
const words = (text: string): readonly string[] => text.split(" ").filter(Boolean);

const CODE_BUILD = {
  owner: "AWS",
  provider: "CodeBuild",
  inputs: upTo(5, 1),
  outputs: upTo(5),
  required: ["ProjectName"],
  optional: words("PrimarySource BatchEnabled BuildspecOverride CombineArtifacts EnvironmentVariables"),
} as const;

const COMMANDS = {
  owner: "AWS",
  provider: "Commands",
  inputs: upTo(10, 1),
  outputs: upTo(1),
  required: [],
  optional: [],
  v2: true,
} as const;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html: the types that are built here. */
export const ACTION_TYPES: readonly ActionTypeRule[] = [
  {
    category: "Source",
    owner: "ThirdParty",
    provider: "GitHub",
    inputs: none,
    outputs: one,
    required: words("Owner Repo Branch OAuthToken"),
    optional: ["PollForSourceChanges"],
  },
  {
    category: "Source",
    owner: "AWS",
    provider: "CodeStarSourceConnection",
    inputs: none,
    outputs: one,
    required: words("ConnectionArn FullRepositoryId BranchName"),
    optional: words("OutputArtifactFormat DetectChanges"),
  },
  {
    category: "Source",
    owner: "AWS",
    provider: "S3",
    inputs: none,
    outputs: one,
    required: words("S3Bucket S3ObjectKey"),
    optional: words("PollForSourceChanges AllowOverrideForS3ObjectKey"),
  },
  {
    category: "Source",
    owner: "AWS",
    provider: "CodeCommit",
    inputs: none,
    outputs: one,
    required: words("RepositoryName BranchName"),
    optional: words("PollForSourceChanges OutputArtifactFormat"),
  },
  ...["Build", "Test", "Compute"].map((category) => ({ ...COMMANDS, category })),
  { ...CODE_BUILD, category: "Build" },
  { ...CODE_BUILD, category: "Test" },
  { ...CODE_BUILD, category: "Deploy" },
  {
    category: "Deploy",
    owner: "AWS",
    provider: "CloudFormation",
    inputs: upTo(10),
    outputs: upTo(1),
    required: words("ActionMode StackName"),
    optional: words(
      "ChangeSetName TemplatePath TemplateConfiguration Capabilities ParameterOverrides RoleArn OutputFileName",
    ),
  },
  {
    category: "Deploy",
    owner: "AWS",
    provider: "S3",
    inputs: one,
    outputs: none,
    required: words("BucketName Extract"),
    optional: words("ObjectKey KMSEncryptionKeyARN CannedACL CacheControl"),
  },
  {
    category: "Deploy",
    owner: "AWS",
    provider: "CodeDeploy",
    inputs: one,
    outputs: none,
    required: words("ApplicationName DeploymentGroupName"),
    optional: [],
  },
  {
    category: "Deploy",
    owner: "AWS",
    provider: "Lambda",
    inputs: upTo(1),
    outputs: none,
    required: ["FunctionName"],
    optional: words("FunctionAlias PublishedTargetVersion DeployStrategy Alarms"),
    v2: true,
  },
  {
    category: "Approval",
    owner: "AWS",
    provider: "Manual",
    inputs: none,
    outputs: none,
    required: [],
    optional: words("NotificationArn CustomData ExternalEntityLink"),
  },
  {
    category: "Invoke",
    owner: "AWS",
    provider: "Lambda",
    inputs: upTo(5),
    outputs: upTo(5),
    required: ["FunctionName"],
    optional: ["UserParameters"],
  },
  {
    category: "Invoke",
    owner: "AWS",
    provider: "CodePipeline",
    inputs: none,
    outputs: none,
    required: ["PipelineName"],
    optional: words("SourceRevisions Variables"),
    v2: true,
  },
  {
    category: "Invoke",
    owner: "AWS",
    provider: "StepFunctions",
    inputs: upTo(1),
    outputs: upTo(1),
    required: ["StateMachineArn"],
    optional: words("ExecutionNamePrefix Input InputType"),
  },
];

/** Types that AWS has and this cloud has not built: refused by name when a pipeline is created. */
export const UNBUILT: ReadonlySet<string> = new Set([
  "Source/ECR",
  "Build/ECRBuildAndPublish",
  "Build/Jenkins",
  "Test/Jenkins",
  "Test/DeviceFarm",
  "Deploy/AppConfig",
  "Deploy/CloudFormationStackInstances",
  "Deploy/CloudFormationStackSet",
  "Deploy/CodeDeployToECS",
  "Deploy/EC2",
  "Deploy/ECS",
  "Deploy/EKS",
  "Deploy/ElasticBeanstalk",
  "Deploy/OpsWorks",
  "Deploy/ServiceCatalog",
  "Deploy/AlexaSkillsKit",
  "Invoke/InspectorScan",
]);

/** What a type of somebody's own asks. */
export const ruleOfType = ({
  category,
  owner,
  provider,
  inputs,
  outputs,
  properties,
}: ActionTypeRecord): ActionTypeRule => ({
  category,
  owner,
  provider,
  inputs,
  outputs,
  required: properties.filter(({ required }) => required).map(({ name }) => name),
  optional: properties.filter(({ required }) => !required).map(({ name }) => name),
});
