const TRUST =
  "{Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com, scheduler.amazonaws.com, states.amazonaws.com, apigateway.amazonaws.com]}, Action: sts:AssumeRole}]}";
const policy = (action: string, more = "") =>
  `{Version: '2012-10-17', Statement: [{Effect: Allow, Action: '${action}', Resource: '*'${more}}]}`;
const TAGS = "Tags: [{Key: team, Value: blue}]";

/** What keeps and carries data, with as many of its settings made as go together. */
export const STORES = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${TRUST}
      Description: everything
      MaxSessionDuration: 7200
      PermissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess
      ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
      ${TAGS}
  Group: {Type: AWS::IAM::Group}
  User:
    Type: AWS::IAM::User
    Properties:
      Groups: [!Ref Group]
      Path: /people/
      ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
      PermissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess
      Policies: [{PolicyName: p, PolicyDocument: ${policy("s3:*")}}]
      ${TAGS}
  Key: {Type: AWS::KMS::Key, Properties: {Description: d,  PendingWindowInDays: 7, ${TAGS}}}
  Turned: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true, RotationPeriodInDays: 100}}
  Off: {Type: AWS::KMS::Key, Properties: {Enabled: false}}
  Dead: {Type: AWS::SQS::Queue}
  DeadFifo: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 3
      MaximumMessageSize: 2048
      MessageRetentionPeriod: 120
      ReceiveMessageWaitTimeSeconds: 4
      VisibilityTimeout: 60
      KmsMasterKeyId: alias/aws/sqs
      KmsDataKeyReusePeriodSeconds: 120
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
      RedriveAllowPolicy: {redrivePermission: denyAll}
      ${TAGS}
  Plain: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false}}
  Fifo:
    Type: AWS::SQS::Queue
    Properties: {FifoQueue: true, ContentBasedDeduplication: true, DeduplicationScope: messageGroup, FifoThroughputLimit: perMessageGroupId}
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: News
      KmsMasterKeyId: alias/aws/sns
      SignatureVersion: '2'
      TracingConfig: Active
      Subscription: [{Protocol: sqs, Endpoint: !GetAtt Dead.Arn}]
      ${TAGS}
  FifoTopic:
    Type: AWS::SNS::Topic
    Properties: {FifoTopic: true, ContentBasedDeduplication: true, FifoThroughputScope: MessageGroup}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Topic
      Protocol: sqs
      Endpoint: !GetAtt Queue.Arn
      RawMessageDelivery: true
      FilterPolicyScope: MessageBody
      FilterPolicy: {kind: [a, b]}
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      OnDemandThroughput: {MaxReadRequestUnits: 5, MaxWriteRequestUnits: 6}
      TableClass: STANDARD_INFREQUENT_ACCESS
      DeletionProtectionEnabled: true
      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7}
      ResourcePolicy: {PolicyDocument: ${policy("dynamodb:GetItem", ", Principal: {AWS: '*'}")}}
      TimeToLiveSpecification: {Enabled: true, AttributeName: gone}
      SSESpecification: {SSEEnabled: true}
      ${TAGS}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 7, ${TAGS}}}
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties: {LogGroupName: !Ref Logs, FilterPattern: ERROR, MetricTransformations: [{MetricName: e, MetricNamespace: n, MetricValue: '1', DefaultValue: 0, Unit: Count}]}
  Parameter:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: v, Description: d, AllowedPattern: '.*', Tier: Standard, DataType: text, Tags: {team: blue}}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {Description: d, KmsKeyId: !Ref Key, SecretString: x, ${TAGS}}}
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      AccelerateConfiguration: {AccelerationStatus: Enabled}
      AnalyticsConfigurations:
        - {Id: all, StorageClassAnalysis: {}}
        - {Id: some, Prefix: a/, TagFilters: [{Key: k, Value: v}], StorageClassAnalysis: {DataExport: {OutputSchemaVersion: V_1, Destination: {BucketArn: 'arn:aws:s3:::reports', Format: CSV, Prefix: r/}}}}
      IntelligentTieringConfigurations: [{Id: cold, Status: Enabled, Prefix: a/, Tierings: [{AccessTier: ARCHIVE_ACCESS, Days: 90}]}]
      InventoryConfigurations: [{Id: list, Enabled: true, IncludedObjectVersions: All, OptionalFields: [Size], Prefix: a/, ScheduleFrequency: Daily, Destination: {BucketArn: 'arn:aws:s3:::reports', BucketAccountId: '123456789012', Format: ORC}}]
      MetricsConfigurations: [{Id: all}, {Id: tagged, TagFilters: [{Key: k, Value: v}]}]
      BucketEncryption: {ServerSideEncryptionConfiguration: [{BucketKeyEnabled: true, ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}]}
      CorsConfiguration: {CorsRules: [{AllowedMethods: [GET], AllowedOrigins: ['*'], MaxAge: 9}]}
      LifecycleConfiguration: {Rules: [{Id: old, Status: Enabled, Prefix: a/, ExpirationInDays: 3}]}
      LoggingConfiguration: {LogFilePrefix: logs/}
      NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true}
      VersioningConfiguration: {Status: Enabled}
      WebsiteConfiguration: {IndexDocument: index.html, ErrorDocument: error.html}
      ${TAGS}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: mine, Description: d, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}, ${TAGS}}}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      Description: d
      State: DISABLED
      RoleArn: !GetAtt Role.Arn
      EventPattern: {source: [demo]}
      Targets: [{Id: q, Arn: !GetAtt Queue.Arn, Input: '{}', RetryPolicy: {MaximumRetryAttempts: 1}, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}]
      ${TAGS}
  Archive: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Bus.Arn, Description: d, EventPattern: {source: [a]}, RetentionDays: 3}}
  Schedule:
    Type: AWS::Scheduler::Schedule
    Properties:
      Description: d
      ScheduleExpression: rate(1 hour)
      ScheduleExpressionTimezone: Europe/Berlin
      State: DISABLED
      StartDate: '2029-01-01T00:00:00Z'
      EndDate: '2030-01-01T00:00:00Z'
      FlexibleTimeWindow: {Mode: FLEXIBLE, MaximumWindowInMinutes: 5}
      Target: {Arn: !GetAtt Queue.Arn, RoleArn: !GetAtt Role.Arn, Input: '{}', RetryPolicy: {MaximumRetryAttempts: 1}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ActionsEnabled: false
      AlarmActions: [!Ref Topic]
      AlarmDescription: d
      ComparisonOperator: GreaterThanThreshold
      DatapointsToAlarm: 1
      Dimensions: [{Name: n, Value: v}]
      EvaluationPeriods: 2
      InsufficientDataActions: [!Ref Topic]
      MetricName: m
      Namespace: n
      OKActions: [!Ref Topic]
      Period: 60
      Statistic: Sum
      Threshold: 1
      TreatMissingData: ignore
      Unit: Count
      ${TAGS}
  Both:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      ActionsEnabled: false
      AlarmActions: [!Ref Topic]
      AlarmDescription: d
      AlarmRule: !Sub ALARM(\${Alarm})
      InsufficientDataActions: [!Ref Topic]
      OKActions: [!Ref Topic]
      ${TAGS}
  Repository:
    Type: AWS::ECR::Repository
    Properties:
      ImageScanningConfiguration: {ScanOnPush: true}
      ImageTagMutability: IMMUTABLE
      RepositoryPolicyText: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 'ecr:BatchGetImage'}]}
      ${TAGS}
`;

/** What runs and answers, with as many of its settings made as go together. */
export const RUNNERS = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: ${TRUST}, Policies: [{PolicyName: p, PolicyDocument: ${policy("*")}}]}
  Queue: {Type: AWS::SQS::Queue}
  Streamed:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /mine}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Code: {ZipFile: 'exports.handler = async () => 1'}
      DeadLetterConfig: {TargetArn: !GetAtt Queue.Arn}
      Description: d
      Environment: {Variables: {STAGE: test}}
      EphemeralStorage: {Size: 600}
      Handler: index.handler
      LoggingConfig: {LogFormat: JSON, LogGroup: !Ref Logs, ApplicationLogLevel: DEBUG, SystemLogLevel: WARN}
      MemorySize: 256
      RecursiveLoop: Allow
      ReservedConcurrentExecutions: 2
      Role: !GetAtt Role.Arn
      Runtime: nodejs22.x
      Timeout: 7
      TracingConfig: {Mode: Active}
      ${TAGS}
  First: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Function}}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Function, Name: live, Description: d, FunctionVersion: !GetAtt First.Version}}
  Url: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref Function, AuthType: NONE, InvokeMode: RESPONSE_STREAM, Cors: {AllowOrigins: ['*'], AllowMethods: [GET], MaxAge: 5}}}
  Retries: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Function, Qualifier: $LATEST, MaximumEventAgeInSeconds: 100, MaximumRetryAttempts: 1, DestinationConfig: {OnFailure: {Destination: !GetAtt Queue.Arn}}}}
  FromQueue:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Function
      EventSourceArn: !GetAtt Queue.Arn
      BatchSize: 5
      Enabled: false
      FilterCriteria: {Filters: [{Pattern: '{"body": {"a": [1]}}'}]}
      FunctionResponseTypes: [ReportBatchItemFailures]
      MaximumBatchingWindowInSeconds: 3
      MetricsConfig: {Metrics: [EventCount]}
      ScalingConfig: {MaximumConcurrency: 4}
      ${TAGS}
  FromTable:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Function
      EventSourceArn: !GetAtt Streamed.StreamArn
      StartingPosition: LATEST
      BatchSize: 5
      BisectBatchOnFunctionError: true
      DestinationConfig: {OnFailure: {Destination: !GetAtt Queue.Arn}}
      Enabled: false
      MaximumBatchingWindowInSeconds: 3
      MaximumRecordAgeInSeconds: 100
      MaximumRetryAttempts: 2
      ParallelizationFactor: 3
      TumblingWindowInSeconds: 4
  Http:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: api
      ProtocolType: HTTP
      CorsConfiguration: {AllowOrigins: ['*'], AllowMethods: [GET], MaxAge: 3}
      Description: d
      DisableExecuteApiEndpoint: true
      Version: v1
      Tags: {team: blue}
  Called:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Http
      IntegrationType: HTTP_PROXY
      IntegrationMethod: GET
      IntegrationUri: 'https://example.com'
      PayloadFormatVersion: '1.0'
      Description: d
      TimeoutInMillis: 9000
      RequestParameters: {'append:header.a': b}
      ResponseParameters: {'200': {ResponseParameters: [{Destination: 'append:header.a', Source: b}]}}
      TlsConfig: {ServerNameToVerify: example.com}
  Jwt:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties: {ApiId: !Ref Http, Name: jwt, AuthorizerType: JWT, IdentitySource: [$request.header.Authorization], JwtConfiguration: {Audience: [a], Issuer: 'https://issuer.example'}}
  Asked:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties: {ApiId: !Ref Http, Name: asked, AuthorizerType: REQUEST, AuthorizerUri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Function.Arn}/invocations', IdentitySource: [$request.header.Auth], AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 5, AuthorizerCredentialsArn: !GetAtt Role.Arn}
  Get: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Http, RouteKey: GET /things, OperationName: get, Target: !Sub 'integrations/\${Called}', AuthorizationType: JWT, AuthorizerId: !Ref Jwt, AuthorizationScopes: [read]}}
  Staged: {Type: AWS::ApiGatewayV2::Deployment, DependsOn: Get, Properties: {ApiId: !Ref Http, Description: d}}
  HttpStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Http
      StageName: live
      AccessLogSettings: {DestinationArn: !GetAtt Logs.Arn, Format: $context.requestId}
      DefaultRouteSettings: {ThrottlingBurstLimit: 5, ThrottlingRateLimit: 6, DetailedMetricsEnabled: true}
      DeploymentId: !Ref Staged
      Description: d
      RouteSettings: {'GET /things': {ThrottlingBurstLimit: 4}}
      StageVariables: {a: b}
      Tags: {team: blue}
  Sockets: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: s, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action, ApiKeySelectionExpression: $context.authorizer.usageIdentifierKey, Description: d}}
  Thing: {Type: AWS::ApiGatewayV2::Model, Properties: {ApiId: !Ref Sockets, Name: Thing, ContentType: application/json, Description: d, Schema: {type: object}}}
  Mock:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Sockets, IntegrationType: MOCK, ContentHandlingStrategy: CONVERT_TO_TEXT, PassthroughBehavior: NEVER, RequestTemplates: {a: '{"statusCode": 200}'}, TemplateSelectionExpression: a}
  Reply:
    Type: AWS::ApiGatewayV2::IntegrationResponse
    Properties: {ApiId: !Ref Sockets, IntegrationId: !Ref Mock, IntegrationResponseKey: $default, ContentHandlingStrategy: CONVERT_TO_TEXT, ResponseParameters: {route.response.header.a: "'b'"}, ResponseTemplates: {a: '{}'}, TemplateSelectionExpression: a}
  Message:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Sockets, RouteKey: message, Target: !Sub 'integrations/\${Mock}', ApiKeyRequired: true, ModelSelectionExpression: m, OperationName: o, RequestModels: {m: Thing}, RequestParameters: {route.request.querystring.q: {Required: true}}, RouteResponseSelectionExpression: $default}
    DependsOn: Thing
  Answered:
    Type: AWS::ApiGatewayV2::RouteResponse
    Properties: {ApiId: !Ref Sockets, RouteId: !Ref Message, RouteResponseKey: $default, ModelSelectionExpression: m, ResponseModels: {m: Thing}, ResponseParameters: {route.response.header.a: {Required: true}}}
    DependsOn: Thing
  Rest:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: rest
      ApiKeySourceType: AUTHORIZER
      BinaryMediaTypes: [image/png]
      Description: d
      DisableExecuteApiEndpoint: true
      MinimumCompressionSize: 100
      Policy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}]}
      ${TAGS}
  Model: {Type: AWS::ApiGateway::Model, Properties: {RestApiId: !Ref Rest, Name: Thing, ContentType: application/json, Description: d, Schema: {type: object}}}
  Validator: {Type: AWS::ApiGateway::RequestValidator, Properties: {RestApiId: !Ref Rest, Name: v, ValidateRequestBody: true, ValidateRequestParameters: true}}
  Refused: {Type: AWS::ApiGateway::GatewayResponse, Properties: {RestApiId: !Ref Rest, ResponseType: DEFAULT_4XX, StatusCode: '499', ResponseParameters: {gatewayresponse.header.X: "'x'"}, ResponseTemplates: {application/json: '{}'}}}
  Authorizer: {Type: AWS::ApiGateway::Authorizer, Properties: {RestApiId: !Ref Rest, Name: a, Type: TOKEN, AuthorizerResultTtlInSeconds: 5, AuthorizerCredentials: !GetAtt Role.Arn, IdentityValidationExpression: 'x.*', AuthorizerUri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Function.Arn}/invocations', IdentitySource: method.request.header.Auth}}
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Rest
      ResourceId: !GetAtt Rest.RootResourceId
      HttpMethod: POST
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Authorizer
      ApiKeyRequired: true
      OperationName: op
      RequestModels: {application/json: !Ref Model}
      RequestParameters: {method.request.querystring.q: true}
      RequestValidatorId: !Ref Validator
      MethodResponses: [{StatusCode: '200', ResponseModels: {application/json: Empty}}]
      Integration: {Type: MOCK, RequestTemplates: {application/json: '{"statusCode": 200}'}, PassthroughBehavior: NEVER, TimeoutInMillis: 9000, IntegrationResponses: [{StatusCode: '200'}]}
  Deployment: {Type: AWS::ApiGateway::Deployment, DependsOn: Method, Properties: {RestApiId: !Ref Rest, Description: d}}
  RestStage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Rest
      DeploymentId: !Ref Deployment
      StageName: prod
      AccessLogSetting: {DestinationArn: !GetAtt Logs.Arn, Format: $context.requestId}
      CanarySetting: {PercentTraffic: 5, UseStageCache: true, DeploymentId: !Ref Deployment, StageVariableOverrides: {a: c}}
      Description: d
      MethodSettings: [{ResourcePath: '/*', HttpMethod: '*', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 9}]
      TracingEnabled: true
      Variables: {a: b}
      ${TAGS}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {UsagePlanName: p, Description: d, ApiStages: [{ApiId: !Ref Rest, Stage: !Ref RestStage}], Quota: {Limit: 9, Period: DAY}, Throttle: {RateLimit: 3, BurstLimit: 2}, ${TAGS}}}
  ApiKey: {Type: AWS::ApiGateway::ApiKey, Properties: {Name: k, CustomerId: c, Enabled: true, Description: d, Value: 12345678901234567890, ${TAGS}}}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: !GetAtt Role.Arn, DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}', LoggingConfiguration: {Level: ALL, IncludeExecutionData: true, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]}, TracingConfiguration: {Enabled: true}, ${TAGS}}
`;
