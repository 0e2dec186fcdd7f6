import type { DeploymentNeeds } from "./deploymentPolicy.ts";

/** The three roles of the pipeline's template: what the pipeline, its builds and a deployment may do. */
export const permissionsOf = (steps: readonly string[], needs: DeploymentNeeds): string =>
  [pipelineRole(steps), buildRole(steps), deploymentRole(needs)].join("\n");

const trust = (service: string): string => `      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: ${service}.amazonaws.com }
            Action: sts:AssumeRole`;

const STACK =
  "!Sub arn:${AWS::Partition}:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/${AWS::StackName}-app/*";
const OWN_ROLES = "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${AWS::StackName}-app-*";

const pipelineRole = (steps: readonly string[]): string => `  CodePipelineRole:
    Type: AWS::IAM::Role
    Properties:
${trust("codepipeline")}
      Policies:
        - PolicyName: pipeline
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [s3:GetObject, s3:GetObjectVersion, s3:PutObject]
                Resource: !Sub \${ArtifactBucket.Arn}/*
              - Effect: Allow
                Action: [s3:GetBucketLocation, s3:GetBucketVersioning, s3:ListBucket]
                Resource: !GetAtt ArtifactBucket.Arn
              - Effect: Allow
                Action: [codebuild:BatchGetBuilds, codebuild:StartBuild, codebuild:StopBuild]
                Resource: [${steps.map((step) => `!GetAtt ${step}Project.Arn`).join(", ")}]
              - Effect: Allow
                Action:
                  - cloudformation:CreateChangeSet
                  - cloudformation:DeleteChangeSet
                  - cloudformation:DescribeChangeSet
                  - cloudformation:DescribeStacks
                  - cloudformation:ExecuteChangeSet
                Resource: ${STACK}
              - Effect: Allow
                Action: iam:PassRole
                Resource: !GetAtt CloudFormationRole.Arn
                Condition:
                  StringEquals: { iam:PassedToService: cloudformation.amazonaws.com }
              - Effect: Allow
                Action: sns:Publish
                Resource: !Ref NotificationTopic
              - !If
                - UsesConnection
                - Effect: Allow
                  Action: [codestar-connections:UseConnection, codeconnections:UseConnection]
                  Resource: !Ref ConnectionArn
                - !Ref AWS::NoValue
`;

const buildRole = (steps: readonly string[]): string => `  CodeBuildRole:
    Type: AWS::IAM::Role
    Properties:
${trust("codebuild")}
      Policies:
        - PolicyName: build
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents]
                Resource: [${steps.map((step) => `!GetAtt ${step}Logs.Arn`).join(", ")}]
              - Effect: Allow
                Action: [s3:GetObject, s3:GetObjectVersion, s3:PutObject]
                Resource: !Sub \${ArtifactBucket.Arn}/*
              - Effect: Allow
                Action: [s3:GetBucketLocation, s3:ListBucket]
                Resource: !GetAtt ArtifactBucket.Arn
              - Effect: Allow
                Action: cloudformation:DescribeStacks
                Resource: ${STACK}
${steps.includes("InsertData") ? ROWS : ""}`;

const ROWS = `              - Effect: Allow
                Action: [dynamodb:BatchWriteItem, dynamodb:DescribeTable, dynamodb:PutItem]
                Resource: !Sub arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${AWS::StackName}-app-*
`;

/** Roles and policies are bounded by the application stack's name; the rest is what its template's services need. */
const deploymentRole = ({ actions, managedPolicies }: DeploymentNeeds): string => `  CloudFormationRole:
    Type: AWS::IAM::Role
    Properties:
${trust("cloudformation")}
      Policies:
        - PolicyName: deployment
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: cloudformation:CreateChangeSet
                Resource: !Sub arn:\${AWS::Partition}:cloudformation:\${AWS::Region}:aws:transform/*
              - Effect: Allow
                Action: [s3:GetObject, s3:GetObjectVersion]
                Resource: !Sub \${ArtifactBucket.Arn}/*
              # The services of the application's template.
              - Effect: Allow
                Action:
${actions.map((action) => `                  - "${action}"`).join("\n")}
                Resource: "*"
              - Effect: Allow
                Action:
                  - iam:AttachRolePolicy
                  - iam:CreateRole
                  - iam:DeleteRole
                  - iam:DeleteRolePolicy
                  - iam:DetachRolePolicy
                  - iam:GetRole
                  - iam:GetRolePolicy
                  - iam:ListAttachedRolePolicies
                  - iam:ListRolePolicies
                  - iam:PassRole
                  - iam:PutRolePolicy
                  - iam:TagRole
                  - iam:UntagRole
                  - iam:UpdateAssumeRolePolicy
                  - iam:UpdateRole
                Resource: ${OWN_ROLES}
${managedPolicies ? POLICIES : ""}`;

const POLICIES = `              - Effect: Allow
                Action:
                  - iam:CreatePolicy
                  - iam:CreatePolicyVersion
                  - iam:DeletePolicy
                  - iam:DeletePolicyVersion
                  - iam:GetPolicy
                  - iam:GetPolicyVersion
                  - iam:ListPolicyVersions
                Resource: !Sub arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/\${AWS::StackName}-app-*
`;
