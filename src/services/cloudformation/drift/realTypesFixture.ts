const TAGS = "Tags: [{Key: team, Value: blue}]";
const TRUST =
  "{Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com, codebuild.amazonaws.com, scheduler.amazonaws.com, codepipeline.amazonaws.com, codedeploy.amazonaws.com]}, Action: sts:AssumeRole}]}";
const policy = (action: string, more = "") =>
  `{Version: '2012-10-17', Statement: [{Effect: Allow, Action: '${action}', Resource: '*'${more}}]}`;

/** Every type of a serverless application, with its defaults left out and most of its settings made. */
export const TEMPLATE = `Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: at, AttributeType: N}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      GlobalSecondaryIndexes:
        - {IndexName: byTime, KeySchema: [{AttributeName: at, KeyType: HASH}], Projection: {ProjectionType: ALL}}
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !Ref Key}
      TimeToLiveSpecification: {Enabled: true, AttributeName: gone}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      ${TAGS}
  Plain:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}
      TimeToLiveSpecification: {Enabled: false, AttributeName: gone}
      SSESpecification: {SSEEnabled: false}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: 'exports.handler = async () => 1'}
      Handler: index.handler
      Runtime: nodejs22.x
      Role: !GetAtt Role.Arn
      Timeout: 7
      Environment: {Variables: {STAGE: test, COUNT: 3}}
      TracingConfig: {Mode: Active}
      DeadLetterConfig: {TargetArn: !GetAtt Queue.Arn}
      ReservedConcurrentExecutions: 2
      ${TAGS}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Function, Description: first}}
  Alias:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Function, Name: live, FunctionVersion: !GetAtt Version.Version}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !GetAtt Function.Arn
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Ref Topic
  Account:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Alias, Action: lambda:InvokeFunction, Principal: !Ref AWS::AccountId}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Function
      EventSourceArn: !GetAtt Queue.Arn
      BatchSize: 5
      FunctionResponseTypes: [ReportBatchItemFailures]
  Url:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !GetAtt Function.Arn, AuthType: NONE, Cors: {AllowOrigins: ['*'], MaxAge: 5}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${TRUST}
      Policies: [{PolicyName: inner, PolicyDocument: ${policy("*")}}]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]
      ${TAGS}
  Other: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${TRUST}}}
  Managed:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: ${policy("s3:GetObject")}, Roles: [!Ref Other], Description: reads}
  User: {Type: AWS::IAM::User, Properties: {UserName: someone, Path: /people/, ${TAGS}}}
  Inline:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: extra, PolicyDocument: ${policy("sns:Publish")}, Roles: [!Ref Other], Users: [!Ref User]}
  Dead: {Type: AWS::SQS::Queue}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
      ${TAGS}
  Fifo: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true}}
  Topic:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: News, Subscription: [{Protocol: sqs, Endpoint: !GetAtt Dead.Arn}], ${TAGS}}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Topic
      Protocol: sqs
      Endpoint: !GetAtt Queue.Arn
      RawMessageDelivery: true
      FilterPolicy: {kind: [a, b]}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /demo, RetentionInDays: 7, ${TAGS}}}
  Parameter:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: v, Description: d, AllowedPattern: '.*', Tags: {team: blue}}
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {Description: d, KmsKeyId: alias/demo, GenerateSecretString: {PasswordLength: 20}, ${TAGS}}
    DependsOn: KeyAlias
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: demo
      EnableKeyRotation: true
      PendingWindowInDays: 7
      KeyPolicy: ${policy("kms:*", ", Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}")}
      ${TAGS}
  KeyAlias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/demo, TargetKeyId: !Ref Key}}
  Bucket:
    Type: AWS::S3::Bucket
    DependsOn: QueuePolicy
    Properties:
      VersioningConfiguration: {Status: Enabled}
      BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}]}
      CorsConfiguration: {CorsRules: [{AllowedMethods: [GET], AllowedOrigins: ['*'], ExposedHeaders: [etag], MaxAge: 9}]}
      LifecycleConfiguration:
        Rules:
          - {Id: old, Status: Enabled, Prefix: a/, ExpirationInDays: 3, NoncurrentVersionExpirationInDays: 2}
          - {Status: Enabled, Prefix: b/, Transition: {StorageClass: GLACIER, TransitionInDays: 9}, TagFilters: [{Key: k, Value: v}]}
          - {Status: Enabled, ExpirationDate: '2030-01-01T00:00:00Z'}
      NotificationConfiguration:
        QueueConfigurations:
          - {Event: 's3:ObjectCreated:*', Queue: !GetAtt Dead.Arn, Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}]}}}
      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerPreferred}]}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: false}
      WebsiteConfiguration: {IndexDocument: index.html, ErrorDocument: error.html}
      ${TAGS}
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties: {Queues: [!Ref Dead], PolicyDocument: ${policy("sqs:SendMessage", ", Principal: {Service: s3.amazonaws.com}")}}
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Deny, Principal: '*', Action: s3:PutObject, Resource: !Sub '\${Bucket.Arn}/no/*'}]
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: mine, ${TAGS}}}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: {source: [demo], detail: {n: [{numeric: ['>', 1]}]}}
      Targets: [{Id: q, Arn: !GetAtt Queue.Arn, InputTransformer: {InputPathsMap: {a: $.detail.n}, InputTemplate: '"<a>"'}}]
  Timed: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(5 minutes), State: DISABLED}}
  Schedule:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 hour)
      State: DISABLED
      EndDate: '2030-01-01T00:00:00Z'
      FlexibleTimeWindow: {Mode: 'OFF'}
      Target: {Arn: !GetAtt Queue.Arn, RoleArn: !GetAtt Role.Arn, Input: '{}'}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: api, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ['*']}, Tags: {team: blue}}
  ApiStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: $default
      AutoDeploy: true
      StageVariables: {lower: case}
      DefaultRouteSettings: {ThrottlingBurstLimit: 5}
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !GetAtt Function.Arn
      PayloadFormatVersion: '2.0'
  Authorizer:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: jwt
      AuthorizerType: JWT
      IdentitySource: [$request.header.Authorization]
      JwtConfiguration: {Audience: [a], Issuer: 'https://issuer.example'}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: GET /things
      Target: !Sub integrations/\${Integration}
      AuthorizationType: JWT
      AuthorizerId: !Ref Authorizer
  RestApi:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: rest, BinaryMediaTypes: [image/png], EndpointConfiguration: {Types: [REGIONAL]}, ${TAGS}}
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref RestApi
      ResourceId: !GetAtt RestApi.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration: {Type: MOCK}
  Deployment: {Type: AWS::ApiGateway::Deployment, DependsOn: Method, Properties: {RestApiId: !Ref RestApi}}
  RestStage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref RestApi
      DeploymentId: !Ref Deployment
      StageName: prod
      Variables: {lower: case}
      MethodSettings: [{ResourcePath: '/*', HttpMethod: '*', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 9}]
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !GetAtt Role.Arn
      PipelineType: V2
      ArtifactStore: {Type: S3, Location: !Ref Bucket}
      Stages:
        - Name: Source
          Actions:
            - Name: Get
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: '1'}
              Configuration: {S3Bucket: !Ref Bucket, S3ObjectKey: in.zip, PollForSourceChanges: false}
              OutputArtifacts: [{Name: in}]
        - Name: Build
          Actions:
            - Name: Make
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: '1'}
              Configuration: {ProjectName: !Ref Project}
              InputArtifacts: [{Name: in}]
      DisableInboundStageTransitions: [{StageName: Build, Reason: later}]
      ${TAGS}
  Hook:
    Type: AWS::CodePipeline::Webhook
    Properties:
      Name: hook
      Authentication: GITHUB_HMAC
      AuthenticationConfiguration: {SecretToken: s3cret}
      Filters: [{JsonPath: $.ref, MatchEquals: refs/heads/main}]
      TargetPipeline: !Ref Pipeline
      TargetAction: Get
      ${TAGS}
  Project:
    Type: AWS::CodeBuild::Project
    Properties:
      ServiceRole: !GetAtt Role.Arn
      Artifacts: {Type: CODEPIPELINE}
      Source: {Type: CODEPIPELINE, BuildSpec: 'version: 0.2'}
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        EnvironmentVariables: [{Name: A, Value: b}]
      ${TAGS}
  Deploy: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda, ${TAGS}}}
  Config:
    Type: AWS::CodeDeploy::DeploymentConfig
    Properties:
      ComputePlatform: Lambda
      TrafficRoutingConfig: {Type: TimeBasedCanary, TimeBasedCanary: {CanaryInterval: 2, CanaryPercentage: 10}}
  Group:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: !Ref Deploy
      DeploymentConfigName: !Ref Config
      ServiceRoleArn: !GetAtt Role.Arn
      DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: WITH_TRAFFIC_CONTROL}
      AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}
      AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Alarm}]}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{Name: FunctionName, Value: !Ref Function}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref Topic]
      ${TAGS}
  Repository:
    Type: AWS::ECR::Repository
    Properties:
      ImageScanningConfiguration: {ScanOnPush: true}
      LifecyclePolicy:
        LifecyclePolicyText: '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}]}'
      ${TAGS}
`;
