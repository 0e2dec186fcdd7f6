import { deploymentNeeds } from "./deploymentPolicy.ts";
import { handedOn } from "./parameters.ts";
import { permissionsOf } from "./pipelinePermissions.ts";
import type { Project } from "./project.ts";

/** A build project of the pipeline: its step's name, its buildspec, what it is told. */
interface Build {
  readonly step: string;
  readonly buildspec: string;
  readonly variable: readonly [name: string, value: string];
}

/** The pipeline's template for a project: repository, roles, builds, pipeline, and who is told of failures. */
export const pipelineTemplate = (name: string, project: Project): string => {
  const builds = buildsOf(project);
  const steps = builds.map(({ step }) => step);
  const resources = (overrides: string) => [
    RESOURCES,
    SOURCE,
    permissionsOf(steps, deploymentNeeds(project)),
    builds.map(projectOf).join("\n"),
    pipeline(project, overrides),
    NOTIFICATION,
    OUTPUTS,
  ];
  const { declared, overrides } = handedOn(project.parameters, [head(name), ...resources("")].join("\n"));
  return [`${head(name)}${declared}`, ...resources(overrides)].join("\n");
};

const buildsOf = (project: Project): readonly Build[] => [
  ...(project.tests.length > 0 ? [build("Test", "buildspec-test.yml")] : []),
  { step: "Package", buildspec: "buildspec-build.yml", variable: ["PACKAGE_BUCKET", "!Ref ArtifactBucket"] },
  ...(project.data === undefined ? [] : [build("InsertData", "buildspec-data.yml")]),
];

const build = (step: string, buildspec: string): Build => ({
  step,
  buildspec,
  variable: ["APPLICATION_STACK", "!Sub ${AWS::StackName}-app"],
});

const head = (name: string): string => `AWSTemplateFormatVersion: "2010-09-09"
Description: "${name}: a repository, and the pipeline that takes every commit of it to production"

# Written by aloft init, and yours from then on. The deployment's role may make what the application's template held at
# that time: a template that comes to use another service needs a line in CloudFormationRole.

Parameters:
  SourceBucket:
    Type: String
    Default: none
    Description: The S3 bucket with the zip that fills the repository (not used with a connection)
  SourceKey:
    Type: String
    Default: ${name}.zip
    Description: The key of that zip in the bucket
  GitHubOwner:
    Type: String
    Default: aloft
    Description: The user or organization that owns the repository (on GitHub, the owner of the token)
  GitHubRepository:
    Type: String
    Default: ${name}
    Description: The name of the repository, without its owner
  GitHubBranch:
    Type: String
    Default: main
    Description: Every commit on this branch goes to production
  ConnectionArn:
    Type: String
    Default: ""
    Description: Optional. Reads an existing GitHub repository through this connection, and needs no token
  ReleaseApproval:
    Type: String
    Default: automatic
    AllowedValues: [automatic, manual]
    Description: "automatic: continuous deployment. manual: a person approves each change set"
  NotificationEmail:
    Type: String
    Default: ""
    Description: Optional. Is told of every failure
`;

const RESOURCES = `Conditions:
  UsesConnection: !Not [!Equals [!Ref ConnectionArn, ""]]
  UsesToken: !Equals [!Ref ConnectionArn, ""]
  NeedsApproval: !Equals [!Ref ReleaseApproval, manual]
  HasEmail: !Not [!Equals [!Ref NotificationEmail, ""]]

Resources:
  ArtifactBucket:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
`;

const SOURCE = `  # AWS closed the CodeStar service behind this type on 2024-07-25. Where it no longer works, pass a ConnectionArn.
  Repository:
    Type: AWS::CodeStar::GitHubRepository
    Metadata:
      cfn-lint: { config: { ignore_checks: [E3710] } }
    Condition: UsesToken
    Properties:
      RepositoryOwner: !Ref GitHubOwner
      RepositoryName: !Ref GitHubRepository
      RepositoryAccessToken: "{{resolve:secretsmanager:github/personal-access-token:SecretString}}"
      IsPrivate: true
      EnableIssues: true
      Code:
        S3:
          Bucket: !Ref SourceBucket
          Key: !Ref SourceKey

  WebhookSecret:
    Type: AWS::SecretsManager::Secret
    Condition: UsesToken
    Properties:
      Description: !Sub Signs the messages of GitHub's webhook to the pipeline of \${AWS::StackName}
      GenerateSecretString:
        PasswordLength: 40
        ExcludePunctuation: true

  Webhook:
    Type: AWS::CodePipeline::Webhook
    Condition: UsesToken
    Properties:
      Authentication: GITHUB_HMAC
      AuthenticationConfiguration:
        SecretToken: !Sub "{{resolve:secretsmanager:\${WebhookSecret}:SecretString}}"
      Filters:
        - JsonPath: $.ref
          MatchEquals: refs/heads/{Branch}
      TargetPipeline: !Ref Pipeline
      TargetPipelineVersion: !GetAtt Pipeline.Version
      TargetAction: Source
      RegisterWithThirdParty: true
`;

const projectOf = ({ step, buildspec, variable: [name, value] }: Build): string => `  ${step}Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub /aws/codebuild/\${AWS::StackName}-${step}
      RetentionInDays: 30

  ${step}Project:
    Type: AWS::CodeBuild::Project
    Properties:
      Name: !Sub \${AWS::StackName}-${step}
      ServiceRole: !GetAtt CodeBuildRole.Arn
      Artifacts: { Type: CODEPIPELINE }
      Source:
        Type: CODEPIPELINE
        BuildSpec: ${buildspec}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/amazonlinux-x86_64-standard:5.0
        EnvironmentVariables:
          - Name: ${name}
            Value: ${value}
      LogsConfig:
        CloudWatchLogs:
          Status: ENABLED
          GroupName: !Ref ${step}Logs
      TimeoutInMinutes: 20
`;

const codeBuildAction = (
  category: string,
  step: string,
  rest: string,
  order = "",
): string => `            - Name: ${step}
${order}              ActionTypeId: { Category: ${category}, Owner: AWS, Provider: CodeBuild, Version: "1" }
              Configuration:
                ProjectName: !Ref ${step}Project
              InputArtifacts: [{ Name: SourceOutput }]
${rest}`;

const pipeline = ({ tests, data }: Project, overrides: string): string => `  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    # The first run starts with the pipeline, and reads the repository.
    DependsOn: Repository
    Metadata:
      cfn-lint: { config: { ignore_checks: [E3005] } }
    Properties:
      Name: !Sub \${AWS::StackName}-pipeline
      PipelineType: V2
      # Queued: every commit is deployed, in order.
      ExecutionMode: QUEUED
      RoleArn: !GetAtt CodePipelineRole.Arn
      ArtifactStore:
        Type: S3
        Location: !Ref ArtifactBucket
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId: !If
                - UsesConnection
                - { Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1" }
                - { Category: Source, Owner: ThirdParty, Provider: GitHub, Version: "1" }
              Configuration: !If
                - UsesConnection
                - ConnectionArn: !Ref ConnectionArn
                  FullRepositoryId: !Sub \${GitHubOwner}/\${GitHubRepository}
                  BranchName: !Ref GitHubBranch
                - Owner: !Ref GitHubOwner
                  Repo: !Ref GitHubRepository
                  Branch: !Ref GitHubBranch
                  OAuthToken: "{{resolve:secretsmanager:github/personal-access-token:SecretString}}"
                  PollForSourceChanges: "false"
              OutputArtifacts: [{ Name: SourceOutput }]
        - Name: Build
          Actions:
${tests.length > 0 ? codeBuildAction("Test", "Test", "", "              RunOrder: 1\n") : ""}${codeBuildAction("Build", "Package", "              OutputArtifacts: [{ Name: BuildOutput }]\n", "              RunOrder: 2\n")}        - Name: Deploy
          Actions:
            - Name: GenerateChangeSet
              RunOrder: 1
              ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1" }
              Configuration:
                ActionMode: CHANGE_SET_REPLACE
                StackName: !Sub \${AWS::StackName}-app
                ChangeSetName: pipeline-changeset
                TemplatePath: BuildOutput::packaged.yml
                Capabilities: CAPABILITY_IAM,CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND
                RoleArn: !GetAtt CloudFormationRole.Arn
${overrides}              InputArtifacts: [{ Name: BuildOutput }]
            - !If
              - NeedsApproval
              - Name: ApproveChangeSet
                RunOrder: 2
                ActionTypeId: { Category: Approval, Owner: AWS, Provider: Manual, Version: "1" }
                Configuration:
                  NotificationArn: !Ref NotificationTopic
                  CustomData: !Sub Deploy the change set pipeline-changeset of the stack \${AWS::StackName}-app to production?
              - !Ref AWS::NoValue
            - Name: ExecuteChangeSet
              RunOrder: 3
              ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1" }
              Configuration:
                ActionMode: CHANGE_SET_EXECUTE
                StackName: !Sub \${AWS::StackName}-app
                ChangeSetName: pipeline-changeset
${data === undefined ? "" : codeBuildAction("Test", "InsertData", "", "              RunOrder: 4\n")}`;

const NOTIFICATION = `  NotificationTopic:
    Type: AWS::SNS::Topic

  NotificationEmailSubscription:
    Type: AWS::SNS::Subscription
    Condition: HasEmail
    Properties:
      TopicArn: !Ref NotificationTopic
      Protocol: email
      Endpoint: !Ref NotificationEmail

  NotificationTopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref NotificationTopic]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: events.amazonaws.com }
            Action: sns:Publish
            Resource: !Ref NotificationTopic

  FailureRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.codepipeline]
        detail-type: [CodePipeline Action Execution State Change]
        detail:
          pipeline: [!Ref Pipeline]
          state: [FAILED]
      Targets:
        - Id: builders
          Arn: !Ref NotificationTopic
`;

const OUTPUTS = `Outputs:
  PipelineName:
    Value: !Ref Pipeline
  RepositoryUrl:
    Value: !Sub https://github.com/\${GitHubOwner}/\${GitHubRepository}
    Description: The repository to clone and push to
  ApplicationStackName:
    Value: !Sub \${AWS::StackName}-app
    Description: The stack that the pipeline deploys
  ArtifactBucketName:
    Value: !Ref ArtifactBucket
`;
