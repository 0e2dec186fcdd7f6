/** An application that is deployed by canary, and the pipeline that deploys it: the files of a repository, by their paths. */
export const canaryApp = (): Readonly<Record<string, string>> => ({
  "template.yml": TEMPLATE,
  "functions/facts.mjs": factsOf("first"),
  "functions/before.mjs": BEFORE,
  "functions/after.mjs": AFTER,
  "site/index.html": "<h1>Facts about bridges</h1>\n",
  "buildspec-package.yml": PACKAGE,
  "buildspec-site.yml": SITE,
  "buildspec-verify.yml": VERIFY,
});

/** The function as it should be; `edition` tells one commit's from another's. */
export const factsOf = (edition: string): string => `export const handler = async () => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ edition: "${edition}", bridges: ["Forth", "Øresund", "Akashi"] }),
});
`;

/** The function as a tired author may leave it. */
export const BROKEN_FACTS = `export const handler = async () => {
  throw new Error("the table of bridges is not there");
};
`;

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs20.x, Timeout: 10 }
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
  Facts:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/
      Handler: facts.handler
      AutoPublishAlias: live
      DeploymentPreference:
        Type: Canary10Percent5Minutes
        Hooks: { PreTraffic: !Ref Before, PostTraffic: !Ref After }
        TriggerConfigurations:
          - TriggerName: outcome
            TriggerEvents: [DeploymentSuccess, DeploymentFailure]
            TriggerTargetArn: !Ref Outcomes
      Events:
        Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: /facts } }
  Before:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/
      Handler: before.handler
      FunctionName: !Sub CodeDeployHook_Before_\${AWS::StackName}
      DeploymentPreference: { Enabled: false }
      Environment: { Variables: { NEW_VERSION: !Ref Facts.Version } }
      Policies:
        - Version: "2012-10-17"
          Statement:
            - { Effect: Allow, Action: codedeploy:PutLifecycleEventHookExecutionStatus, Resource: "*" }
            - { Effect: Allow, Action: lambda:InvokeFunction, Resource: !Sub "\${Facts.Arn}:*" }
  After:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/
      Handler: after.handler
      FunctionName: !Sub CodeDeployHook_After_\${AWS::StackName}
      DeploymentPreference: { Enabled: false }
      Policies:
        - Version: "2012-10-17"
          Statement:
            - { Effect: Allow, Action: codedeploy:PutLifecycleEventHookExecutionStatus, Resource: "*" }
  Outcomes:
    Type: AWS::SNS::Topic
Outputs:
  FactsUrl:
    Value: !Sub https://\${Api}.execute-api.\${AWS::Region}.amazonaws.com/facts
  OutcomesTopic:
    Value: !Ref Outcomes
`;

const BEFORE = `import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from "@aws-sdk/client-codedeploy";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";

/** Asks the new version before anybody else can. */
export const handler = async ({ DeploymentId, LifecycleEventHookExecutionId }) => {
  const { FunctionError } = await new LambdaClient().send(new InvokeCommand({ FunctionName: process.env.NEW_VERSION }));
  await new CodeDeployClient().send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: DeploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status: FunctionError ? "Failed" : "Succeeded",
    }),
  );
};
`;

const AFTER = `import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from "@aws-sdk/client-codedeploy";

export const handler = async ({ DeploymentId, LifecycleEventHookExecutionId }) => {
  await new CodeDeployClient().send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: DeploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status: "Succeeded",
    }),
  );
};
`;

const PACKAGE = `version: 0.2
phases:
  build:
    commands:
      - aws cloudformation package --template-file template.yml --s3-bucket $BUCKET --output-template-file packaged.yml
artifacts:
  files: [packaged.yml]
`;

const SITE = `version: 0.2
phases:
  build:
    commands:
      - aws s3 sync site s3://$SITE_BUCKET
`;

const VERIFY = `version: 0.2
phases:
  build:
    commands:
      - url=$(aws cloudformation describe-stacks --stack-name $APP_STACK --query "Stacks[0].Outputs[?OutputKey=='FactsUrl'].OutputValue" --output text)
      # Names below localhost are this machine, whatever its resolver says.
      - host=$(echo "$url" | cut -d/ -f3)
      - body=$(curl --silent --fail --header "Host:$host" "http://127.0.0.1:\${host##*:}/facts")
      - |
        case "$body" in
          *Forth*) outcome= ;;
          *) outcome='<failure message="no bridges"/>' ;;
        esac
        echo "<testsuite name='api'><testcase classname='facts' name='answers'>$outcome</testcase></testsuite>" > results.xml
reports:
  api:
    files: [results.xml]
`;

/** The stack with the road to production; \`BUCKET\`, \`OWNER\` and \`REPO\` are its parameters. */
export const PIPELINE = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Bucket: { Type: String }
  Owner: { Type: String }
  Repo: { Type: String }
  Token: { Type: String, NoEcho: true, Default: "{{resolve:secretsmanager:github/personal-access-token:SecretString}}" }
Resources:
  SiteBucket:
    Type: AWS::S3::Bucket
    Properties:
      WebsiteConfiguration: { IndexDocument: index.html }
      PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }
  SitePolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref SiteBucket
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "\${SiteBucket.Arn}/*" }
  BuildRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: codebuild.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: build
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: ["logs:*", "s3:*", cloudformation:DescribeStacks, "codebuild:CreateReport*", codebuild:UpdateReport, codebuild:BatchPutTestCases]
                Resource: "*"
  DeployRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: cloudformation.amazonaws.com }, Action: sts:AssumeRole }]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
  PipelineRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: codepipeline.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: pipeline
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - "s3:*"
                  - iam:PassRole
                  - codebuild:StartBuild
                  - codebuild:BatchGetBuilds
                  - cloudformation:DescribeStacks
                  - cloudformation:CreateChangeSet
                  - cloudformation:DescribeChangeSet
                  - cloudformation:ExecuteChangeSet
                Resource: "*"
${["Package", "Site", "Verify"].map(projectYaml).join("")}  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    DependsOn: SitePolicy
    Properties:
      RoleArn: !GetAtt PipelineRole.Arn
      ArtifactStore: { Type: S3, Location: !Ref Bucket }
      Stages:
        - Name: Source
          Actions:
            - Name: Source
              ActionTypeId: { Category: Source, Owner: ThirdParty, Provider: GitHub, Version: "1" }
              Configuration: { Owner: !Ref Owner, Repo: !Ref Repo, Branch: main, OAuthToken: !Ref Token }
              OutputArtifacts: [{ Name: Source }]
        - Name: Build
          Actions:
            - Name: Package
              ActionTypeId: { Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1" }
              Configuration: { ProjectName: !Ref Package }
              InputArtifacts: [{ Name: Source }]
              OutputArtifacts: [{ Name: Packaged }]
            - Name: Site
              ActionTypeId: { Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1" }
              Configuration: { ProjectName: !Ref Site }
              InputArtifacts: [{ Name: Source }]
        - Name: Deploy
          Actions:
            - Name: Plan
              RunOrder: 1
              ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1" }
              InputArtifacts: [{ Name: Packaged }]
              Configuration:
                ActionMode: CHANGE_SET_REPLACE
                ChangeSetName: release
                StackName: !Sub "\${AWS::StackName}-app"
                TemplatePath: Packaged::packaged.yml
                Capabilities: CAPABILITY_IAM,CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND
                RoleArn: !GetAtt DeployRole.Arn
            - Name: Release
              RunOrder: 2
              ActionTypeId: { Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1" }
              Configuration: { ActionMode: CHANGE_SET_EXECUTE, ChangeSetName: release, StackName: !Sub "\${AWS::StackName}-app" }
            - Name: Verify
              RunOrder: 3
              ActionTypeId: { Category: Test, Owner: AWS, Provider: CodeBuild, Version: "1" }
              Configuration: { ProjectName: !Ref Verify }
              InputArtifacts: [{ Name: Source }]
Outputs:
  Pipeline: { Value: !Ref Pipeline }
  SiteUrl: { Value: !GetAtt SiteBucket.WebsiteURL }
`;

function projectYaml(name: string): string {
  return `  ${name}:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: !GetAtt BuildRole.Arn
      Artifacts: { Type: CODEPIPELINE }
      Source: { Type: CODEPIPELINE, BuildSpec: buildspec-${name.toLowerCase()}.yml }
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/amazonlinux-x86_64-standard:5.0
        EnvironmentVariables:
          - { Name: BUCKET, Value: !Ref Bucket }
          - { Name: SITE_BUCKET, Value: !Ref SiteBucket }
          - { Name: APP_STACK, Value: !Sub "\${AWS::StackName}-app" }
`;
}
